#include "parser/html_tree.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include <gumbo.h>

namespace qanat::parser {

namespace {

/// The element's data; nothing for other nodes. <template> holds its children the same way.
const GumboElement* element_of(const GumboNode* node) {
  const bool element =
      node != nullptr && (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE);
  return element ? &node->v.element : nullptr;
}

const GumboVector* children_of(const GumboNode* node) {
  if (node == nullptr) return nullptr;
  if (node->type == GUMBO_NODE_DOCUMENT) return &node->v.document.children;
  const GumboElement* element = element_of(node);
  return element == nullptr ? nullptr : &element->children;
}

bool same_ignoring_case(std::string_view written, std::string_view lower) {
  return std::ranges::equal(written, lower, [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

}  // namespace

bool Node::is_element() const { return element_of(node_) != nullptr; }

std::string_view Node::tag() const {
  const GumboElement* element = element_of(node_);
  if (element == nullptr) return {};
  if (element->tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element->tag);
  GumboStringPiece name = element->original_tag;
  if (name.data == nullptr) return {};
  gumbo_tag_from_original_text(&name);
  return {name.data, name.length};
}

bool Node::is(std::string_view tag) const { return same_ignoring_case(this->tag(), tag); }

std::string_view Node::text() const {
  const bool text =
      node_ != nullptr && (node_->type == GUMBO_NODE_TEXT || node_->type == GUMBO_NODE_WHITESPACE ||
                           node_->type == GUMBO_NODE_CDATA);
  return text ? std::string_view{node_->v.text.text} : std::string_view{};
}

std::string_view Node::attribute(const char* name) const {
  const GumboElement* element = element_of(node_);
  if (element == nullptr) return {};
  const GumboAttribute* attribute = gumbo_get_attribute(&element->attributes, name);
  return attribute == nullptr ? std::string_view{} : std::string_view{attribute->value};
}

bool Node::has_attribute(const char* name) const {
  const GumboElement* element = element_of(node_);
  return element != nullptr && gumbo_get_attribute(&element->attributes, name) != nullptr;
}

bool Node::has_class(std::string_view token) const {
  return any_class(attribute("class"), [token](std::string_view each) { return each == token; });
}

std::size_t Node::child_count() const {
  const GumboVector* children = children_of(node_);
  return children == nullptr ? 0 : children->length;
}

Node Node::child(std::size_t index) const {
  return Node{static_cast<const GumboNode*>(children_of(node_)->data[index])};
}

HtmlTree::HtmlTree(std::string_view html) {
  GumboOptions options = kGumboDefaultOptions;
  // Gumbo keeps the whole stack of open tags with every error it records: 100 kB of unclosed <div>
  // would cost 3 GB. Nobody reads the errors.
  options.max_errors = 0;
  output_.reset(gumbo_parse_with_options(&options, html.data(), html.size()));
}

Node HtmlTree::root() const { return Node{output_->document}; }

void HtmlTree::Destroy::operator()(GumboInternalOutput* output) const noexcept {
  gumbo_destroy_output(&kGumboDefaultOptions, output);
}

Node find(Node root, std::string_view class_token) {
  Node found;
  each(root, [&](Node node) {
    if (!found && node.has_class(class_token)) found = node;
    return !found;
  });
  return found;
}

Node find_tag(Node root, std::string_view tag) {
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
