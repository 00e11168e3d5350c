#include "record/markdown_line.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"

namespace qanat::record {
namespace {

/// What a character beside ** or _ is to Markdown. Other scripts' signs are `other`: renderers do
/// not agree on which of them are punctuation.
enum class Side { space, mark, letter, other };

constexpr bool is_between(char32_t c, char32_t low, char32_t high) { return low <= c && c <= high; }

Side side_of(char32_t c) {
  if (is_between(c, '0', '9') || is_between(c, 'A', 'Z') || is_between(c, 'a', 'z'))
    return Side::letter;
  if (c <= ' ' || c == 0xA0 || is_between(c, 0x2000, 0x200A) || c == 0x202F || c == 0x205F ||
      c == 0x3000)
    return Side::space;
  if (c < 0x7F) return Side::mark;
  const bool latin = is_between(c, 0xC0, 0x24F) && c != 0xD7 && c != 0xF7;
  return latin || is_between(c, 0x400, 0x481) || is_between(c, 0x48A, 0x52F) ? Side::letter
                                                                             : Side::other;
}

/// How many bytes of white space the text starts with.
std::size_t blank_front(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto [value, length, valid] = utf8::decode(text, at);
    if (side_of(value) != Side::space) break;
    at += length;
  }
  return at;
}

/// How many bytes of white space the text ends with.
std::size_t blank_back(std::string_view text) {
  const std::size_t size = text.size();
  while (!text.empty()) {
    const std::size_t last = utf8::start_of_last(text);
    if (side_of(utf8::decode(text, last).value) != Side::space) break;
    text = text.substr(0, last);
  }
  return size - text.size();
}

Side front_of(std::string_view text) {
  return text.empty() ? Side::space : side_of(utf8::decode(text, 0).value);
}

Side back_of(std::string_view text) {
  return text.empty() ? Side::space : side_of(utf8::decode(text, utf8::start_of_last(text)).value);
}

/// Whether "&" begins what HTML reads as a character: "&amp;", "&#33;".
bool is_reference(std::string_view text) {
  const std::size_t end = text.find(';');
  return end != std::string_view::npos && end > 1 &&
         std::ranges::all_of(text.substr(1, end - 1), [](char c) {
           return c == '#' || side_of(static_cast<unsigned char>(c)) == Side::letter;
         });
}

std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool means = std::string_view{"\\`*_[]<~|"}.contains(c) ||
                       (c == '&' && is_reference(text.substr(at))) ||
                       (c == '!' && at + 1 == text.size());  // an image, if a link follows
    if (means) out += '\\';
    out += c;
  }
  return out;
}

/// Escapes what would make the line a heading, a quote, an item of a list, or a ruled line.
std::string escaped_at_start(std::string_view text) {
  const std::size_t blank = std::min(text.find_first_not_of(' '), text.size());
  std::string out;
  for (std::size_t i = 0; i < blank; ++i) out += "&nbsp;";
  text.remove_prefix(blank);
  const auto ends_at = [text](std::size_t at) {
    return at >= text.size() || text[at] == ' ' || text[at] == '\t';
  };
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits > 0 && digits < text.size() && std::string_view{".)"}.contains(text[digits]) &&
      ends_at(digits + 1))
    return out.append(text.substr(0, digits)) + '\\' + escaped(text.substr(digits));
  const char first = text.empty() ? '\0' : text.front();
  const std::size_t hashes = std::min(text.find_first_not_of('#'), text.size());
  const bool starts_block = first == '>' || (first == '#' && ends_at(hashes)) ||
                            (std::string_view{"-+="}.contains(first) && first != '\0' &&
                             (ends_at(1) || text[1] == first));
  return out + (starts_block ? "\\" : "") + escaped(text);
}

/// The address as it may stand in "(…)".
std::string destination(std::string_view address) {
  std::string out;
  for (std::size_t at = 0; at < address.size(); ++at) {
    const char c = address[at];
    if (static_cast<unsigned char>(c) <= ' ') {
      constexpr std::string_view kHex = "0123456789ABCDEF";
      out.append(1, '%').append(1, kHex[static_cast<unsigned char>(c) >> 4U]);
      out += kHex[static_cast<unsigned char>(c) & 0xFU];
      continue;
    }
    const bool means =
        std::string_view{"()<>\\"}.contains(c) || (c == '&' && is_reference(address.substr(at)));
    if (means) out += '\\';
    out += c;
  }
  return out;
}

std::string inline_code(std::string_view code) {
  const std::string fence = code_fence(code, 1);
  const bool ends_with_space = code.front() == ' ' && code.back() == ' ';
  const bool pad = code.front() == '`' || code.back() == '`' ||
                   (ends_with_space && code.find_first_not_of(' ') != std::string_view::npos);
  const std::string blank = pad ? " " : "";
  return fence + blank + std::string{code} + blank + fence;
}

bool is_link(EntityKind kind) {
  return kind == EntityKind::link || kind == EntityKind::mention || kind == EntityKind::email ||
         kind == EntityKind::phone;
}

/// A piece of the line: words, when `formatting` is null, or what lies over its children.
struct Piece {
  const Formatting* formatting = nullptr;
  Span span;
  std::vector<Piece> children;
};

/// Makes a tree of spans that may overlap, from left to right.
class TreeBuilder {
 public:
  TreeBuilder(Span line, std::span<const Formatting> formatting)
      : rest_(formatting), root_{.span = line} {}

  Piece build() {
    std::size_t at = root_.span.begin;
    while (at < root_.span.end) {
      update_open(at);
      const std::size_t end = next_boundary();
      add_words({.begin = at, .end = end});
      at = end;
    }
    return std::move(root_);
  }

 private:
  void update_open(std::size_t at) {
    std::erase_if(open_, [at](const Formatting* each) { return each->span.end <= at; });
    for (; !rest_.empty() && rest_.front().span.begin <= at; rest_ = rest_.subspan(1))
      if (rest_.front().span.end > at) open_.push_back(&rest_.front());
  }

  [[nodiscard]] std::size_t next_boundary() const {
    std::size_t end = root_.span.end;
    if (!rest_.empty()) end = std::min(end, rest_.front().span.begin);
    for (const Formatting* each : open_) end = std::min(end, each->span.end);
    return end;
  }

  /// What may lie over the words: one link, each kind once, nothing inside of code.
  [[nodiscard]] std::vector<const Formatting*> stack() const {
    std::vector<const Formatting*> out;
    for (const Formatting* each : open_) {
      const bool repeats = std::ranges::any_of(out, [each](const Formatting* other) {
        return other->kind == each->kind || (is_link(other->kind) && is_link(each->kind));
      });
      if (!repeats) out.push_back(each);
      if (each->kind == EntityKind::code) break;
    }
    return out;
  }

  void add_words(Span words) {
    Piece* place = &root_;
    bool fits = true;  // the last child, so far, is open
    for (const Formatting* each : stack()) {
      std::vector<Piece>& children = place->children;
      fits = fits && !children.empty() && children.back().formatting == each &&
             children.back().span.end == words.begin;
      if (!fits) children.push_back({.formatting = each, .span = words});
      place = &children.back();
      place->span.end = words.end;
    }
    place->children.push_back({.span = words});
  }

  std::span<const Formatting> rest_;
  std::vector<const Formatting*> open_;
  Piece root_;
};

/// Renders a tree. A piece is told what stands on both of its sides.
class Renderer {
 public:
  explicit Renderer(std::string_view text) : text_(text) {}

  std::string line(const Piece& root) { return inside(root, Side::space, Side::space, true); }

 private:
  [[nodiscard]] std::string_view under(Span span) const {
    return text_.substr(span.begin, span.size());
  }

  /// What stands at the front of the piece's Markdown.
  [[nodiscard]] Side front_side(const Piece& piece) const {
    const Side raw = front_of(under(piece.span));
    return piece.formatting == nullptr || raw == Side::space ? raw : Side::mark;
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as entities nest, which the parser bounds
  std::string inside(const Piece& piece, Side before, Side after, bool starts_line = false) {
    std::string out;
    for (std::size_t i = 0; i < piece.children.size(); ++i) {
      const Piece& child = piece.children[i];
      const bool last = i + 1 == piece.children.size();
      const Side left = out.empty() ? before : back_of(out);
      const Side right = last ? after : front_side(piece.children[i + 1]);
      if (child.formatting != nullptr)
        out += formatted(child, left, right);
      else
        out += starts_line && i == 0 ? escaped_at_start(under(child.span))
                                     : escaped(under(child.span));
    }
    return out;
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as entities nest, which the parser bounds
  std::string formatted(const Piece& piece, Side left, Side right) {
    const EntityKind kind = piece.formatting->kind;
    if (kind == EntityKind::code) return inline_code(under(piece.span));
    if (is_link(kind)) return link(piece);
    if (kind == EntityKind::custom_emoji)
      return "![" + escaped(under(piece.span)) + "](" + destination(piece.formatting->address) +
             ")";
    const std::string words = inside(piece, Side::mark, Side::mark);
    return marked(kind, words, left, right);
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as entities nest, which the parser bounds
  std::string link(const Piece& piece) {
    const std::string& address = piece.formatting->address;
    const std::string_view shown = under(piece.span);
    const bool mail = piece.formatting->kind == EntityKind::email;
    const bool bare = mail ? address == std::string{"mailto:"}.append(shown) : address == shown;
    const bool plain = destination(shown) == shown &&
                       (mail || shown.starts_with("https://") || shown.starts_with("http://"));
    if (bare && plain) return "<" + std::string{shown} + ">";
    return "[" + inside(piece, Side::mark, Side::mark) + "](" + destination(address) + ")";
  }

  /// Puts the marks around the words, white space left outside of them.
  static std::string marked(EntityKind kind, std::string_view words, Side left, Side right) {
    const std::size_t front = blank_front(words);
    if (front == words.size()) return std::string{words};
    const std::size_t back = blank_back(words);
    const std::string_view core = words.substr(front, words.size() - front - back);
    const Side before = front > 0 ? Side::space : left;
    const Side after = back > 0 ? Side::space : right;
    return std::string{words.substr(0, front)}
        .append(with_marks(kind, core, before, after))
        .append(words.substr(words.size() - back));
  }

  static std::string with_marks(EntityKind kind, std::string_view core, Side before, Side after) {
    const auto apart = [](Side side) { return side == Side::space || side == Side::mark; };
    const bool free = apart(before) && apart(after);
    const bool opens = apart(before) || front_of(core) == Side::letter;
    const bool closes = apart(after) || back_of(core) == Side::letter;
    const auto around = [core](std::string_view open, std::string_view close) {
      return std::string{open}.append(core).append(close);
    };
    switch (kind) {
      case EntityKind::bold: return opens && closes ? around("**", "**") : around("<b>", "</b>");
      case EntityKind::italic: return free ? around("_", "_") : around("<i>", "</i>");
      case EntityKind::strike: return opens && closes ? around("~~", "~~") : around("<s>", "</s>");
      case EntityKind::underline: return around("<u>", "</u>");
      case EntityKind::spoiler: return around("||", "||");
      default: return std::string{core};
    }
  }

  std::string_view text_;
};

}  // namespace

std::string markdown_line(const std::string& text,
                          Span line,
                          std::span<const Formatting> formatting) {
  const Piece tree = TreeBuilder(line, formatting).build();
  return Renderer(text).line(tree);
}

std::string code_fence(std::string_view code, std::size_t least) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : code) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  std::string fence(std::max(least, longest + 1), '`');
  return fence;
}

}  // namespace qanat::record
