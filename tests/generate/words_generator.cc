#include "generate/words_generator.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "markup/words.h"

namespace qanat::generate {
namespace {

using test::Random;

constexpr auto kWords = std::to_array<std::string_view>({
    "вопрос",   "ответ",  "Почему",  "градиент", "интервью",    "Ёжик",  "№ 5",    "собес",
    "метрика",  "«ROC»",  "ещё",     "—",        "и",           "в",     "не",     "задача",
    "question", "answer", "pointer", "the",      "a",           "O(n)",  "C++23",  "x",
    "std::map", "why?",   "50%",     "p-value",  "overfitting", "don't", "50 000", "(см. ниже)",
    "ответ:",   "1)",     "e.g.",    "naïve",    "日本語",      "שלום",  "عربى",   "Straße",
});

/// What an escaper or a reader of markup may trip over.
constexpr auto kTraps = std::to_array<std::string_view>({
    "a < b",       "x > y && z",  "<br/>",    "</div>",      "<!-- x -->",
    "&amp;",       "&nbsp",       "&#33;",    "&lt;b&gt;",   "AT&T",
    "\"quoted\"",  "it's",        "$5",       "Wow!",        "100%!!1",
    "]]>",         "<script>",    "\\n",      "{key}",       "a\u00a0b",
    "e\u0301",     "\u200bzero",  "a\u200db", "\u2028",      "\u202eRTL",
    "tab\tinside", "two  blanks", "#no_tag",  "@no_mention", "https://not.linked/",
    "</html>",     "\U0010FFFD",  "\uFFFD",   "\u00ad",      "&copy",
    "'",           "&",           "<",        "<?php ?>",    "</blockquote>",
    "&notit;",     "\uFEFF",      "edited",   "&#x1F525;",
});

constexpr auto kEmoji = std::to_array<std::string_view>({
    "🔥",
    "👀",
    "⚙️",
    "🇵🇹",
    "👩‍💻",
    "👍🏽",
    "1️⃣",
    "❤",
    "❤️‍🔥",
    "🤖",
    "✅",
    "⏳",
    "🏳️‍🌈",
    "⭐",
    "🫠",
    "☺",
});

constexpr auto kBlanks = std::to_array<std::string_view>(
    {" ", " ", " ", " ", " ", " ", "  ", "\u00a0", " \u00a0", ", ", "\t"});

constexpr auto kHosts = std::to_array<std::string_view>({
    "example.org",
    "www.example.com",
    "a.example",
    "sub.host.example:8080",
    "пример.example",
    "xn--e1afmkfd.example",
});

constexpr auto kPaths = std::to_array<std::string_view>({
    "",
    "/",
    "/a/b",
    "/?a=1&b=2",
    "/x?copy=1&copy=2&amp=3",
    "/#frag",
    "/p?q=%D1%8F",
    "/p?q=a+b",
    "/~x/(y)",
    "/ru?utm_source=tg&erid=2Vtz",
    "/a?b=&amp;c",
    "/a?b=&lt;c",
    "/вики/Ы",
    "/a;b=1;c?d=%26",
    "/it's?$=1!",
    "/a?x=%3Cb%3E&section=2&notit=1",
    "/index.html?a[]=1",
});

constexpr auto kCode = std::to_array<std::string_view>({
    "int main() { return 0; }",
    "a && b < c",
    "#include <map>",
    "SELECT * FROM t",
    "x = \"a\\n\"",
    "@decorator",
    "  indented",
    "a\u00a0b",
    "https://not.linked/",
    "<b>no</b>",
    "&amp;",
    "print('🔥')",
});

constexpr auto kLanguages = std::to_array<std::string_view>({"", "", "cpp", "python", "c++", "C#"});

using Kinds = std::vector<EntityKind>;

constexpr auto kInline = std::to_array<EntityKind>({EntityKind::bold,
                                                    EntityKind::italic,
                                                    EntityKind::underline,
                                                    EntityKind::strike,
                                                    EntityKind::spoiler});

/// Kinds that the page writes as <a>, one never in another.
constexpr auto kAnchors = std::to_array<EntityKind>({EntityKind::link,
                                                     EntityKind::link,
                                                     EntityKind::link,
                                                     EntityKind::mention,
                                                     EntityKind::hashtag,
                                                     EntityKind::cashtag,
                                                     EntityKind::email,
                                                     EntityKind::phone,
                                                     EntityKind::bot_command});

bool holds(const Kinds& kinds, EntityKind kind) {
  return std::ranges::find(kinds, kind) != kinds.end();
}

/// "https://www.a.example/" → "a.example": other spellings of an address that hide nothing.
std::string shortened(Random& random, std::string_view url) {
  const auto drop = [&](std::string_view prefix) {
    if (url.starts_with(prefix) && random.one_in(2)) url.remove_prefix(prefix.size());
  };
  drop("https://");
  if (!url.starts_with("http")) drop("www.");
  if (url.ends_with('/') && random.one_in(2)) url.remove_suffix(1);
  return std::string{url};
}

class TextGenerator {
 public:
  explicit TextGenerator(Random& random) : random_(random) {}

  FormattedText run(std::size_t pieces) {
    sequence(pieces, {});
    if (result_.text.find_first_not_of(" \t\n\u00a0") == std::string::npos) word();
    finish();
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::size_t here() const { return result_.text.size(); }
  [[nodiscard]] bool at_line_start() const {
    return result_.text.empty() || result_.text.back() == '\n';
  }

  void add(std::string_view text) { result_.text += text; }

  /// `open`: what the pieces lie within.
  void sequence(std::size_t pieces, const Kinds& open) {
    for (std::size_t i = 0; i < pieces; ++i) piece(open);
  }

  void piece(const Kinds& open) {
    if (must_break_) {  // right behind a block
      add("\n");
      must_break_ = false;
    } else if (!at_line_start() && !random_.one_in(4)) {
      add(random_.pick(kBlanks));
    }
    switch (random_.below(16)) {
      case 0: return add(random_.one_in(3) ? "\n\n" : "\n");
      case 1: return add(random_emoji(random_));
      case 2: return add(random_.pick(kTraps));
      case 3: return formatted(open);
      case 4: return anchor(open);
      case 5: return block(open);
      case 6: return random_.one_in(2) ? code() : custom_emoji();
      default: word();
    }
  }

  void word() { add(random_.pick(kWords)); }

  /// Lays an entity over what `inside()` adds.
  template <class Inside>
  void lay(EntityKind kind, std::string value, Inside&& inside) {
    const std::size_t index = result_.entities.size();
    result_.entities.push_back(
        {.kind = kind, .span = {.begin = here(), .end = here()}, .value = std::move(value)});
    inside();
    result_.entities[index].span.end = here();
  }

  void formatted(const Kinds& open) {
    const EntityKind kind = random_.pick(kInline);
    if (holds(open, kind)) return word();
    Kinds within = open;
    within.push_back(kind);
    lay(kind, {}, [&] { sequence(1 + random_.below(4), within); });
  }

  void code() {
    lay(EntityKind::code, {}, [this] { add(random_.pick(kCode)); });
  }

  void custom_emoji() {
    lay(EntityKind::custom_emoji, random_emoji_id(random_), [this] { add(random_emoji(random_)); });
  }

  /// Stands on lines of its own.
  void block(const Kinds& open) {
    constexpr std::array kBlocks = {
        EntityKind::quote, EntityKind::collapsed_quote, EntityKind::pre};
    const EntityKind kind = random_.pick(kBlocks);
    const bool quoted = holds(open, EntityKind::quote) || holds(open, EntityKind::collapsed_quote);
    if (holds(open, EntityKind::link) || (quoted && kind != EntityKind::pre)) return word();
    if (!at_line_start()) add("\n");
    if (kind == EntityKind::pre) {
      lay(kind, std::string{random_.pick(kLanguages)}, [this] { code_lines(); });
    } else {
      Kinds within = open;
      within.push_back(kind);
      lay(kind, {}, [&] {
        if (random_.one_in(12)) add("\n");
        word();
        sequence(random_.below(6), within);
        if (must_break_) add("\n");
        must_break_ = false;
        word();
        if (random_.one_in(12)) add("\n");
      });
    }
    must_break_ = true;
  }

  void code_lines() {
    add(random_.pick(kCode));
    for (std::size_t lines = random_.below(4); lines > 0; --lines) {
      add(random_.one_in(4) ? "\n\n" : "\n");
      add(random_.pick(kCode));
    }
  }

  // --- links ---

  void anchor(const Kinds& open) {
    if (holds(open, EntityKind::link)) return word();
    switch (const EntityKind kind = random_.pick(kAnchors)) {
      case EntityKind::link: return link(open);
      case EntityKind::mention: return mention();
      case EntityKind::hashtag: return tag(kind, "#", result_.hashtags);
      case EntityKind::cashtag: return lay(kind, {}, [this] { add("$USD"); });
      case EntityKind::bot_command: return lay(kind, {}, [this] { add("/start"); });
      case EntityKind::email: return address(kind, "mailto:", "who+1@mail.example");
      default: return address(kind, "tel:", "+79990000000");
    }
  }

  /// Lays a link, whose `url` is shown by what `inside()` adds.
  template <class Inside>
  void lay_link(EntityKind kind, const std::string& url, bool masked, Inside&& inside) {
    const std::size_t begin = here();
    lay(kind, kind == EntityKind::link ? url : "", inside);
    result_.links.push_back({.url = url,
                             .text = result_.text.substr(begin),
                             .masked = masked,
                             .span = {.begin = begin, .end = here()}});
  }

  void link(const Kinds& open) {
    const std::string url = random_url(random_);
    if (random_.one_in(2))
      return lay_link(EntityKind::link, url, false, [&] { add(shortened(random_, url)); });
    Kinds within = open;
    within.push_back(EntityKind::link);
    lay_link(EntityKind::link, url, true, [&] {
      word();
      if (random_.one_in(2)) sequence(random_.below(3), within);
      add("…");
    });
  }

  void mention() {
    const std::string name = random_username(random_);
    result_.mentions.push_back("@" + name);
    lay_link(EntityKind::mention, "https://t.me/" + name, false, [&] { add("@" + name); });
  }

  void tag(EntityKind kind, const std::string& sign, std::vector<std::string>& tags) {
    constexpr auto kTags = std::to_array<std::string_view>(
        {"тег", "ml", "c_plus", "реклама", "day1", "tag@channel_x"});
    tags.push_back(sign + std::string{random_.pick(kTags)});
    lay(kind, {}, [&] { add(tags.back()); });
  }

  void address(EntityKind kind, const std::string& scheme, const std::string& shown) {
    lay_link(kind, scheme + shown, false, [&] { add(shown); });
  }

  // --- the form that Post promises ---

  void finish() {
    trim();
    std::ranges::stable_sort(result_.entities, [](const Entity& a, const Entity& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
  }

  void trim() {
    std::string& text = result_.text;
    const auto blank_end = [](std::string_view at) -> std::size_t {
      if (at.starts_with("\u00a0")) return 2;
      return at.starts_with(' ') || at.starts_with('\t') || at.starts_with('\n') ? 1 : 0;
    };
    std::size_t begin = 0;
    while (const std::size_t blank = blank_end(std::string_view{text}.substr(begin)))
      begin += blank;
    std::size_t end = text.size();
    while (true) {
      const std::string_view kept{text.data(), end};
      if (kept.ends_with("\u00a0"))
        end -= 2;
      else if (kept.ends_with(' ') || kept.ends_with('\t') || kept.ends_with('\n'))
        end -= 1;
      else
        break;
    }
    const auto clip = [begin, end](Span& span) {
      span = {.begin = std::clamp(span.begin, begin, end) - begin,
              .end = std::clamp(span.end, begin, end) - begin};
    };
    for (Entity& each : result_.entities) clip(each.span);
    for (Link& each : result_.links) clip(each.span);
    std::erase_if(result_.entities, [](const Entity& each) { return each.span.empty(); });
    text = text.substr(begin, end - begin);
  }

  Random& random_;
  FormattedText result_;
  bool must_break_ = false;
};

}  // namespace

FormattedText random_text(Random& random, std::size_t pieces) {
  return TextGenerator{random}.run(pieces);
}

std::string random_line(Random& random, std::size_t words) {
  std::string line{random.pick(kWords)};
  for (std::size_t i = 1; i < words; ++i) {
    line += random.one_in(8) ? "\u00a0" : " ";
    line += random.one_in(6)   ? random_emoji(random)
            : random.one_in(5) ? std::string{random.pick(kTraps)}
                               : std::string{random.pick(kWords)};
  }
  return line + ".";
}

std::string random_lines(Random& random, std::size_t words) {
  std::string lines = random_line(random, words);
  while (random.one_in(3)) lines += (random.one_in(3) ? "\n\n" : "\n") + random_line(random, words);
  return lines;
}

std::string random_url(Random& random) {
  std::string url = random.one_in(8) ? "http://" : "https://";
  if (random.one_in(5))
    return url + "t.me/" + random_username(random) +
           (random.one_in(2) ? "/" + std::to_string(random.between(1, 9999)) : "?start=x");
  return url.append(random.pick(kHosts)).append(random.pick(kPaths));
}

std::string random_username(Random& random) {
  constexpr auto kNames = std::to_array<std::string_view>({"qa_notes",
                                                           "Some_Channel",
                                                           "durian",
                                                           "Ask_Cpp",
                                                           "x1234",
                                                           "gif_bot",
                                                           "Very_long_name_of_32_letters_12"});
  return std::string{random.pick(kNames)};
}

std::string random_emoji(Random& random) { return std::string{random.pick(kEmoji)}; }

std::string random_emoji_id(Random& random) {
  return std::to_string(5'000'000'000'000'000'000 + random.between(0, 999'999'999));
}

}  // namespace qanat::generate
