#include "parser/html_tree.h"

#include <csetjmp>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <gumbo.h>

#include "parser/tag_kind.h"
#include "parser/tag_scanner.h"

namespace qanat::parser {

namespace {

/// One run of the library, and the way out of it.
struct Parse {
  Arena& arena;
  std::jmp_buf out_of_memory{};
};

/// The library does not look whether it got memory, so being out of it leaves the library at once.
/// Its frames are C and all that they own lies in the arena: nothing leaks.
void* allocate(void* parse, std::size_t bytes) {
  auto& run = *static_cast<Parse*>(parse);
  void* const piece = run.arena.allocate(bytes);
  if (piece == nullptr) std::longjmp(run.out_of_memory, 1);  // NOLINT(cert-err52-cpp): C frames
  return piece;
}

void release(void* parse, void* piece) { static_cast<Parse*>(parse)->arena.release(piece); }

/// nullptr when the arena's limit was reached.
const GumboOutput* run(Parse& parse, std::string_view html) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = allocate;
  options.deallocator = release;
  options.userdata = &parse;
  // Gumbo keeps the whole stack of open tags with every error it records: 100 kB of unclosed <div>
  // would cost 3 GB. Nobody reads the errors.
  options.max_errors = 0;
  if (setjmp(parse.out_of_memory) != 0) return nullptr;  // NOLINT(cert-err52-cpp)
  return gumbo_parse_with_options(&options, html.data(), html.size());
}

const GumboAttribute* find_attribute(const GumboElement* element, Attribute name) {
  if (element == nullptr) return nullptr;
  const GumboVector& all = element->attributes;
  const std::string_view wanted = name_of(name);
  for (unsigned i = 0; i < all.length; ++i) {
    const auto* each = static_cast<const GumboAttribute*>(all.data[i]);
    if (each->name == wanted) return each;
  }
  return nullptr;
}

}  // namespace

std::string_view Node::name() const {
  if (!is_element()) return {};
  if (tag() != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(tag());
  GumboStringPiece name = element()->original_tag;
  if (name.data == nullptr) return {};
  gumbo_tag_from_original_text(&name);
  return {name.data, name.length};
}

bool Node::is_unclosed() const {
  if (!is_element()) return false;
  constexpr unsigned kPutIn =
      GUMBO_INSERTION_RECONSTRUCTED_FORMATTING_ELEMENT | GUMBO_INSERTION_ADOPTION_AGENCY_CLONED;
  if ((node_->parse_flags & kPutIn) != 0) return true;
  const bool ends_by_itself = (node_->parse_flags & GUMBO_INSERTION_IMPLICIT_END_TAG) != 0;
  const bool has_tags = (node_->parse_flags & GUMBO_INSERTION_IMPLIED) == 0;  // unlike a <tbody>
  return ends_by_itself && has_tags && !TagName{name()}.is(role::empty);
}

bool Node::is_custom(std::string_view name) const {
  return is_element() && tag() == GUMBO_TAG_UNKNOWN && is_name(this->name(), name);
}

std::string_view Node::text() const {
  const bool text =
      node_ != nullptr && (node_->type == GUMBO_NODE_TEXT || node_->type == GUMBO_NODE_WHITESPACE ||
                           node_->type == GUMBO_NODE_CDATA);
  return text ? std::string_view{node_->v.text.text} : std::string_view{};
}

std::string_view Node::attribute(Attribute name) const {
  const GumboAttribute* found = find_attribute(element(), name);
  return found == nullptr ? std::string_view{} : std::string_view{found->value};
}

bool Node::has_attribute(Attribute name) const {
  return find_attribute(element(), name) != nullptr;
}

bool Node::has_class(std::string_view token) const {
  return any_class(attribute(Attribute::classes),
                   [token](std::string_view each) { return each == token; });
}

Result<Node> parse_html(std::string_view html, Arena& arena) {
  Parse parse{.arena = arena};
  const GumboOutput* output = run(parse, html);
  if (output == nullptr)
    return fail(Errc::markup,
                "the page's markup would take more than " + std::to_string(arena.limit()) +
                    " bytes of memory");
  return Node{output->document};
}

Node find(Node root, std::string_view class_token) {
  Node found;
  each(root, [&](Node node) {
    if (!found && node.has_class(class_token)) found = node;
    return !found;
  });
  return found;
}

Node find_tag(Node root, GumboTag tag) {
  Node found;
  each(root, [&](Node node) {
    if (!found && node.is(tag)) found = node;
    return !found;
  });
  return found;
}

std::vector<Node> find_all(Node root, std::string_view class_token) {
  std::vector<Node> found;
  each(root, [&](Node node) {
    if (!node.has_class(class_token)) return true;
    found.push_back(node);
    return false;
  });
  return found;
}

}  // namespace qanat::parser
