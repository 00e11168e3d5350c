#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include <gumbo.h>

#include "base/error.h"
#include "parser/arena.h"
#include "parser/attribute.h"

namespace qanat::parser {

/// An element or a piece of text of an HtmlTree, by reference: as cheap as a pointer, and valid as
/// long as the tree lives. A default Node is "not found" and answers every question with nothing.
class Node {
 public:
  Node() = default;
  explicit Node(const GumboNode* node) : node_(node) {}

  explicit operator bool() const { return node_ != nullptr; }
  bool operator==(const Node&) const = default;

  [[nodiscard]] bool is_element() const { return element() != nullptr; }
  /// Whether it is this element of HTML.
  [[nodiscard]] bool is(GumboTag tag) const { return is_element() && element()->tag == tag; }
  /// Whether it is an element that HTML does not know, of this name in lower case.
  [[nodiscard]] bool is_custom(std::string_view name) const;
  /// The element of HTML that it is; GUMBO_TAG_UNKNOWN for others and for what is no element.
  [[nodiscard]] GumboTag tag() const { return is_element() ? element()->tag : GUMBO_TAG_UNKNOWN; }
  /// The element's name: in lower case for those that HTML knows, else as written.
  [[nodiscard]] std::string_view name() const;
  /// Whether it is an element whose end tag is missing, or one that the library put in for such.
  [[nodiscard]] bool is_unclosed() const;
  /// A text node's characters, entities decoded; empty for elements and comments.
  [[nodiscard]] std::string_view text() const;

  /// Decoded value; empty when the attribute is absent.
  [[nodiscard]] std::string_view attribute(Attribute name) const;
  [[nodiscard]] bool has_attribute(Attribute name) const;
  /// Whether the class attribute holds `token` as a whole word.
  [[nodiscard]] bool has_class(std::string_view token) const;

  [[nodiscard]] std::size_t child_count() const {
    const GumboVector* nodes = children();
    return nodes == nullptr ? 0 : nodes->length;
  }
  [[nodiscard]] Node child(std::size_t index) const {
    return Node{static_cast<const GumboNode*>(children()->data[index])};
  }

 private:
  /// nullptr for what is no element.
  [[nodiscard]] const GumboElement* element() const {
    const bool is = node_ != nullptr &&
                    (node_->type == GUMBO_NODE_ELEMENT || node_->type == GUMBO_NODE_TEMPLATE);
    return is ? &node_->v.element : nullptr;
  }
  [[nodiscard]] const GumboVector* children() const {
    if (const GumboElement* parent = element()) return &parent->children;
    const bool document = node_ != nullptr && node_->type == GUMBO_NODE_DOCUMENT;
    return document ? &node_->v.document.children : nullptr;
  }

  const GumboNode* node_ = nullptr;
};

/// Makes a tree of HTML and returns its root. The nodes lie in `arena` and read from `html`: both
/// must outlive them. `html` is valid UTF-8 that passed the fence.
///
/// Errors: markup, when the arena's limit is not enough.
[[nodiscard]] Result<Node> parse_html(std::string_view html, Arena& arena);

/// Calls `visit(token)` for each word of a class attribute until it returns true; tells whether one
/// did.
template <class Visit>
bool any_class(std::string_view classes, Visit&& visit) {
  constexpr std::string_view kSpace = " \t\n\r\f";
  std::size_t begin = classes.find_first_not_of(kSpace);
  while (begin != std::string_view::npos) {
    const std::size_t end = std::min(classes.find_first_of(kSpace, begin), classes.size());
    if (visit(classes.substr(begin, end - begin))) return true;
    begin = classes.find_first_not_of(kSpace, end);
  }
  return false;
}

/// Visits the descendants of `root` in page order, without recursion. `visitor.enter(node)` says
/// whether to go into it; if so, `visitor.leave(node)` follows its descendants.
template <class Visitor>
void walk(Node root, Visitor& visitor) {
  struct Frame {
    Node node;
    std::size_t next = 0;
  };
  std::vector<Frame> open{{.node = root}};
  while (!open.empty()) {
    Frame& top = open.back();
    if (top.next < top.node.child_count()) {
      const Node child = top.node.child(top.next++);
      if (visitor.enter(child) && child.is_element()) open.push_back({.node = child});
      continue;
    }
    const Node done = top.node;
    open.pop_back();
    if (!open.empty()) visitor.leave(done);
  }
}

/// The same for who only needs to enter: `enter(node)` says whether to go into it.
template <class Enter>
void each(Node root, Enter&& enter) {
  struct Visitor {
    Enter& enter_node;
    bool enter(Node node) { return enter_node(node); }
    void leave(Node) {}
  };
  Visitor visitor{enter};
  walk(root, visitor);
}

/// The first descendant with the class, in page order.
[[nodiscard]] Node find(Node root, std::string_view class_token);
/// The first descendant element of that name.
[[nodiscard]] Node find_tag(Node root, GumboTag tag);
/// All descendants with the class; those inside another one are not looked for.
[[nodiscard]] std::vector<Node> find_all(Node root, std::string_view class_token);

}  // namespace qanat::parser
