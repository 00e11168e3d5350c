#include "classifier/lists.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/ascii.h"
#include "base/link_address.h"
#include "base/utf8.h"
#include "classifier/host_letters.h"
#include "classifier/pack_lines.h"

namespace qanat::classifier {
namespace {

constexpr std::array<std::string_view, 4> kListKinds{"host", "handle", "token", "phrase"};

std::optional<ListKind> kind_line(std::string_view line) {
  constexpr std::string_view kPrefix = "kind:";
  if (!line.starts_with(kPrefix)) return std::nullopt;
  const auto* found = std::ranges::find(kListKinds, trimmed_ascii(line.substr(kPrefix.size())));
  if (found == kListKinds.end()) return std::nullopt;
  return static_cast<ListKind>(std::distance(kListKinds.begin(), found));
}

/// Labels of letters, digits and hyphens, parted by dots; letters of any alphabet.
bool is_host(std::string_view host) {
  constexpr std::string_view kSigns = "*/\\_@,;:()[]{}'\"!?#$%&+=~^|<>` ";
  if (host.find_first_of(kSigns) != std::string_view::npos) return false;
  return host.contains('.') && !host.contains("..") && !host.starts_with('.') &&
         !host.ends_with('.');
}

std::string canonical_host(std::string_view entry) {
  const std::string url = entry.find("://") == std::string_view::npos
                              ? std::string("https://").append(entry)
                              : std::string(entry);
  const std::string host = in_own_letters(split_address(url).host);
  return is_host(host) ? host : std::string{};
}

std::string canonical_handle(std::string_view entry) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789_";
  if (entry.starts_with('@')) entry.remove_prefix(1);
  std::string name = fold_view(entry).text();
  if (name.find_first_not_of(kAllowed) != std::string::npos) name.clear();
  return name;
}

std::string canonical_words(std::string_view entry) {
  const std::string padded = words_view(fold_view(entry)).text();
  return padded.size() <= 2 ? std::string{} : padded.substr(1, padded.size() - 2);
}

std::size_t count_words(std::string_view entry) {
  return static_cast<std::size_t>(std::ranges::count(entry, ' ')) + 1;
}

}  // namespace

std::string canonical_entry(ListKind kind, std::string_view entry) {
  switch (kind) {
    case ListKind::host: return canonical_host(entry);
    case ListKind::handle: return canonical_handle(entry);
    case ListKind::token:
    case ListKind::phrase: break;
  }
  return canonical_words(entry);
}

WordList WordList::read(std::string_view path, std::string_view text, Findings& findings) {
  WordList list;
  list.path_ = path;
  bool knows_kind = true;
  bool has_lines = false;
  for_each_line(path, text, [&](std::string_view whole, LinePlace where) {
    const std::string_view line = trimmed_ascii(whole);
    if (line.empty() || line.starts_with('#')) return true;
    if (list.has_kind_) {
      has_lines = true;
      list.add_line(line, where, findings);
      return true;
    }
    const auto kind = kind_line(line);
    knows_kind = kind.has_value();
    if (!knows_kind) {
      findings.error(where.text(),
                     "the list does not say what it lists",
                     "begin it with a line \"kind: host\", \"kind: handle\", \"kind: token\" or "
                     "\"kind: phrase\"");
      return false;
    }
    list.kind_ = *kind;
    list.has_kind_ = true;
    return true;
  });
  if (!knows_kind) return list;
  if (!has_lines) {
    findings.error(std::string(path) + ":1:1", "the list is empty", "add an entry or remove it");
  }
  return list;
}

void WordList::add_line(std::string_view line, LinePlace where, Findings& findings) {
  if (!utf8::is_valid(line)) {
    findings.error(where.text(), "the line is not valid UTF-8", "save the file as UTF-8");
    return;
  }
  const std::string canonical = canonical_entry(kind_, line);
  if (canonical.empty()) {
    findings.error(where.text(),
                   "\"" + std::string(line) + "\" is not a " +
                       std::string(kListKinds.at(static_cast<std::size_t>(kind_))),
                   "correct or remove it");
    return;
  }
  if (canonical != line) {
    findings.error(where.text(),
                   "\"" + std::string(line) + "\" is not in canonical form",
                   "write \"" + canonical + "\"");
    return;
  }
  if (kind_ == ListKind::token && count_words(canonical) > 1) {
    findings.error(where.text(),
                   "\"" + canonical + "\" is more than one word",
                   "move it to a list of kind phrase");
    return;
  }
  if (!entries_.insert(canonical).second) {
    findings.warning(where.text(), "\"" + canonical + "\" is listed twice", "remove one");
  }
  longest_ = std::max(longest_, count_words(canonical));
}

bool WordList::may_look_in(Scope scope) const {
  if (!has_kind_) return true;
  switch (kind_) {
    case ListKind::host:
      return scope == Scope::link_host || scope == Scope::link_url || scope == Scope::button_url;
    case ListKind::handle:
      return scope == Scope::mention || scope == Scope::link_url || scope == Scope::button_url ||
             scope == Scope::forward_from;
    case ListKind::token:
    case ListKind::phrase: break;
  }
  return scope != Scope::link_host && scope != Scope::link_url && scope != Scope::button_url;
}

std::vector<std::string> WordList::entries() const {
  std::vector<std::string> sorted(entries_.begin(), entries_.end());
  std::ranges::sort(sorted);
  return sorted;
}

bool WordList::has_host(std::string_view written) const {
  const std::string shown = in_own_letters(written);
  std::string_view host = shown;
  while (!host.empty()) {
    if (entries_.contains(host)) return true;
    const auto dot = host.find('.');
    if (dot == std::string_view::npos) return false;
    host.remove_prefix(dot + 1);
  }
  return false;
}

std::optional<Span> WordList::find_words(std::string_view words) const {
  std::size_t begin = 1;
  while (begin < words.size()) {
    std::size_t end = begin - 1;
    for (std::size_t count = 0; count < longest_; ++count) {
      end = words.find(' ', end + 1);
      if (end == std::string_view::npos) break;
      if (entries_.contains(words.substr(begin, end - begin)))
        return Span{.begin = begin, .end = end};
    }
    const auto gap = words.find(' ', begin);
    if (gap == std::string_view::npos) break;
    begin = gap + 1;
  }
  return std::nullopt;
}

}  // namespace qanat::classifier
