#include "generate/page_noise.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace qanat::generate {
namespace {

using test::Random;

struct Spellings {
  std::string_view usual;
  std::array<std::string_view, 4> others;
};

/// Ways to write a character between tags.
constexpr auto kSpellings = std::to_array<Spellings>({
    {"&#33;", {"!", "&#x21;", "&#033;", "&excl;"}},
    {"&#036;", {"$", "&#36;", "&#x24;", "&dollar;"}},
    {"&#39;", {"'", "&#039;", "&apos;", "&#x27;"}},
    {"&quot;", {"\"", "&#34;", "&#x22;", "&QUOT;"}},
    {"&amp;", {"&#38;", "&#x26;", "&#038;", "&AMP;"}},
    {"&lt;", {"&#60;", "&#x3C;", "&#060;", "&LT;"}},
    {"&gt;", {">", "&#62;", "&#x3e;", "&GT;"}},
    {"\u00a0", {"&nbsp;", "&#160;", "&#xa0;", "&#xA0;"}},
});

/// The part of the page up to the end of `mark`.
std::string_view take_past(std::string_view& rest, std::string_view mark) {
  const std::size_t found = rest.find(mark);
  const std::size_t size = found == std::string_view::npos ? rest.size() : found + mark.size();
  const std::string_view part = rest.substr(0, size);
  rest.remove_prefix(size);
  return part;
}

class Rewriter {
 public:
  Rewriter(std::string_view html, Random& random) : rest_(html), random_(random) {}

  std::string run() {
    while (!rest_.empty()) {
      if (rest_.front() != '<')
        text();
      else if (rest_.starts_with("<!--"))
        out_ += take_past(rest_, "-->");
      else if (rest_.starts_with("<!") || rest_.starts_with("</"))
        out_ += take_past(rest_, ">");
      else if (rest_.starts_with("<script") || rest_.starts_with("<title"))
        out_ += take_past(rest_, rest_.starts_with("<script") ? "</script>" : "</title>");
      else if (rest_.starts_with("<style"))
        out_ += take_past(rest_, "</style>");
      else
        tag();
    }
    return std::move(out_);
  }

 private:
  void text() {
    const std::size_t end = std::min(rest_.find('<'), rest_.size());
    out_ += otherwise(rest_.substr(0, end));
    rest_.remove_prefix(end);
  }

  std::string otherwise(std::string_view text) {
    std::string out;
    while (!text.empty()) {
      const std::size_t plain = std::min(text.find_first_of("&\xc2"), text.size());
      out += text.substr(0, plain);
      text.remove_prefix(plain);
      const auto* const found = std::ranges::find_if(
          kSpellings, [text](const Spellings& each) { return text.starts_with(each.usual); });
      if (text.empty()) break;
      const bool known = found != kSpellings.end();
      const std::string_view usual = known ? found->usual : text.substr(0, 1);
      out += known && random_.one_in(4) ? random_.pick(found->others) : usual;
      text.remove_prefix(usual.size());
    }
    return out;
  }

  struct Attribute {
    std::string_view name;   ///< with what stands before it
    std::string_view value;  ///< with its quotes; empty: none
  };

  /// A start tag, whose values are in double quotes.
  void tag() {
    const std::string_view before = rest_;
    const std::size_t name = rest_.find_first_of(" >");
    const std::string_view opening = rest_.substr(0, name);
    rest_.remove_prefix(name);
    std::vector<Attribute> attributes;
    while (rest_.starts_with(' ')) attributes.push_back(attribute());
    // "/>", and the stray quote that a reply's tag ends with, stay where they are.
    if (!rest_.starts_with('>') || random_.one_in(2)) {
      rest_ = before;
      out_ += take_past_tag();
      return;
    }
    shuffle(attributes);
    out_ += opening;
    for (const Attribute& each : attributes) out_.append(each.name).append(quoted(each.value));
    out_ += '>';
    rest_.remove_prefix(1);
  }

  Attribute attribute() {
    const std::size_t begin = rest_.find_first_not_of(' ');
    const std::size_t end = std::min(rest_.find_first_of(" =>", begin), rest_.size());
    Attribute found{.name = rest_.substr(0, end), .value = {}};
    rest_.remove_prefix(end);
    if (!rest_.starts_with("=\"")) return found;
    const std::size_t close = rest_.find('"', 2);
    found.value = rest_.substr(1, close);
    rest_.remove_prefix(close + 1);
    return found;
  }

  std::string_view take_past_tag() {
    bool inside = false;
    for (std::size_t at = 0; at < rest_.size(); ++at) {
      const bool stray = rest_.substr(at).starts_with("\"\">");
      if (rest_[at] == '"' && !stray) inside = !inside;
      if (rest_[at] != '>' || inside) continue;
      const std::string_view part = rest_.substr(0, at + 1);
      rest_.remove_prefix(at + 1);
      return part;
    }
    return std::exchange(rest_, {});
  }

  void shuffle(std::vector<Attribute>& attributes) {
    for (std::size_t i = attributes.size(); i > 1; --i)
      std::swap(attributes[i - 1], attributes[random_.below(i)]);
  }

  std::string quoted(std::string_view value) {
    if (value.empty()) return {};
    const std::string inside = otherwise_in_value(value.substr(1, value.size() - 2));
    const bool single = !inside.contains('\'') && random_.one_in(6);
    const std::string quote = single ? "'" : "\"";
    return "=" + quote + inside + quote;
  }

  std::string otherwise_in_value(std::string_view value) {
    const std::string written = otherwise(value);
    return written.contains('"') ? std::string{value} : written;
  }

  std::string_view rest_;
  Random& random_;
  std::string out_;
};

}  // namespace

std::string written_otherwise(std::string_view html, Random& random) {
  return Rewriter{html, random}.run();
}

}  // namespace qanat::generate
