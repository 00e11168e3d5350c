#include "classifier/composite.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/number.h"
#include "classifier/composite_words.h"

namespace qanat::classifier {
namespace {

using Node = ExpressionNode;
using ExpressionKind = ExpressionNode::Kind;
using Comparison = ExpressionNode::Comparison;

/// Deeper nesting is nobody's expression; it keeps recursion bounded.
constexpr std::size_t kDeepest = 32;
/// Characters or blocks: no post is larger.
constexpr double kFarthest = 1e6;

struct FunctionName {
  std::string_view name;
  ExpressionKind kind;
};
constexpr std::array kFunctions{
    FunctionName{"any", ExpressionKind::any},
    FunctionName{"all", ExpressionKind::all},
    FunctionName{"count", ExpressionKind::count},
    FunctionName{"post", ExpressionKind::post},
    FunctionName{"first", ExpressionKind::first},
    FunctionName{"last", ExpressionKind::last},
    FunctionName{"near", ExpressionKind::near},
    FunctionName{"adjacent", ExpressionKind::adjacent},
};

struct Operator {
  std::string_view sign;
  Comparison comparison;
};
constexpr std::array kOperators{
    Operator{"==", Comparison::equal},
    Operator{"=", Comparison::equal},
    Operator{"!=", Comparison::unequal},
    Operator{"<=", Comparison::less_equal},
    Operator{">=", Comparison::greater_equal},
    Operator{"<", Comparison::less},
    Operator{">", Comparison::greater},
};

using Parsed = Result<std::size_t>;  ///< index of a node

/// Recursive descent: or < and < not < comparison < operand.
// NOLINTBEGIN(misc-no-recursion): either() counts the depth
class Parser {
 public:
  Parser(std::vector<std::string_view> words, ExpressionUse use)
      : words_(std::move(words)), use_(use) {}

  Result<Expression> run() && {
    const Parsed root = either();
    if (!root) return fail(root.error());
    if (at_ < words_.size()) return fail(unexpected(R"(the end, "and" or "or")"));
    out_.root = *root;
    return std::move(out_);
  }

 private:
  Parsed either() {
    if (++depth_ > kDeepest) return fail(Errc::rule, "the expression is nested too deeply");
    Parsed left = both();
    while (left && take("or")) left = joined(ExpressionKind::either, *left, both());
    --depth_;
    return left;
  }

  Parsed both() {
    Parsed left = negation();
    while (left && take("and")) left = joined(ExpressionKind::both, *left, negation());
    return left;
  }

  Parsed negation() {
    bool negated = false;
    while (take("not")) negated = !negated;
    const Parsed inner = comparison();
    if (!inner || !negated) return inner;
    return put({.kind = ExpressionKind::negation, .left = *inner});
  }

  Parsed comparison() {
    const Parsed left = operand();
    if (!left || at_ == words_.size()) return left;
    const auto* found = std::ranges::find(kOperators, words_[at_], &Operator::sign);
    if (found == kOperators.end()) return left;
    ++at_;
    const Parsed right = operand();
    if (!right) return right;
    return put({.kind = ExpressionKind::compare,
                .comparison = found->comparison,
                .left = *left,
                .right = *right});
  }

  Parsed operand() {
    if (take("(")) {
      const Parsed inner = either();
      if (inner && !take(")")) return fail(unexpected("\")\""));
      return inner;
    }
    if (at_ == words_.size()) return fail(unexpected("a condition"));
    const std::string_view word = words_[at_];
    if (const auto number = read_number<double>(word)) {
      ++at_;
      return put({.kind = ExpressionKind::number, .number = *number});
    }
    if (const auto feature = feature_by_name(word)) {
      ++at_;
      return put({.kind = ExpressionKind::feature, .feature = *feature});
    }
    return function();
  }

  Parsed function() {
    const auto* found = std::ranges::find(kFunctions, words_[at_], &FunctionName::name);
    if (found == kFunctions.end()) return fail(unknown_word());
    if (use_ == ExpressionUse::when) {
      return fail(Errc::rule,
                  "\"" + std::string(words_[at_]) +
                      "(…)\" asks about rules: `when` knows features only, write a "
                      "[[composite]]");
    }
    ++at_;
    if (!take("(")) return fail(unexpected("\"(\""));
    const bool two = found->kind == ExpressionKind::near || found->kind == ExpressionKind::adjacent;
    return two ? pair(found->kind) : names_of(found->kind);
  }

  /// any(a, b.*): one or more names.
  Parsed names_of(ExpressionKind kind) {
    std::vector<std::string> names;
    do {
      auto name = rule_name();
      if (!name) return fail(name.error());
      names.push_back(*std::move(name));
    } while (take(","));
    if (!take(")")) return fail(unexpected("\",\" or \")\""));
    return put({.kind = kind, .names = keep(std::move(names))});
  }

  /// near(a, b, 40), near(a, b, chars = 40), adjacent(a, b), adjacent(a, b, blocks = 2).
  Parsed pair(ExpressionKind kind) {
    auto a = rule_name();
    if (!a) return fail(a.error());
    if (!take(",")) return fail(unexpected("\",\""));
    auto b = rule_name();
    if (!b) return fail(b.error());
    const auto apart = distance(kind);
    if (!apart) return fail(apart.error());
    if (!take(")")) return fail(unexpected("\")\""));
    const std::size_t names_a = keep({*std::move(a)});
    const std::size_t names_b = keep({*std::move(b)});
    return put({.kind = kind, .number = *apart, .names = names_a, .names_b = names_b});
  }

  /// The third argument; adjacent() does without.
  Result<double> distance(ExpressionKind kind) {
    if (!take(",")) {
      if (kind == ExpressionKind::adjacent) return 1.0;
      return fail(unexpected("\",\" and a number of characters"));
    }
    if (take(kind == ExpressionKind::near ? "chars" : "blocks") && !take("="))
      return fail(unexpected("\"=\""));
    const auto number = at_ < words_.size() ? read_number<double>(words_[at_]) : std::nullopt;
    if (!number || *number < 0 || *number > kFarthest) return fail(unexpected("a distance"));
    ++at_;
    return *number;
  }

  Result<std::string> rule_name() {
    if (at_ == words_.size() || !is_name(words_[at_])) return fail(unexpected("a rule's id"));
    return std::string(words_[at_++]);
  }

  Parsed joined(ExpressionKind kind, std::size_t left, const Parsed& right) {
    if (!right) return right;
    return put({.kind = kind, .left = left, .right = *right});
  }

  std::size_t put(Node node) {
    out_.nodes.push_back(node);
    return out_.nodes.size() - 1;
  }
  std::size_t keep(std::vector<std::string> names) {
    out_.names.push_back(std::move(names));
    return out_.names.size() - 1;
  }

  bool take(std::string_view word) {
    if (at_ == words_.size() || words_[at_] != word) return false;
    ++at_;
    return true;
  }

  [[nodiscard]] Error unexpected(std::string_view wanted) const {
    const std::string met =
        at_ < words_.size() ? "\"" + std::string(words_[at_]) + "\"" : std::string("the end");
    return {.code = Errc::rule, .message = "expected " + std::string(wanted) + " but met " + met};
  }

  [[nodiscard]] Error unknown_word() const {
    const std::string word(words_[at_]);
    if (word == "and" || word == "or" || word == "not")
      return unexpected("a feature or a function");
    return {.code = Errc::rule,
            .message = "unknown feature or function \"" + word + "\"" + similar_word(word)};
  }

  std::vector<std::string_view> words_;
  ExpressionUse use_;
  Expression out_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};

// NOLINTEND(misc-no-recursion)

bool compare(Comparison comparison, double left, double right) {
  switch (comparison) {
    case Comparison::equal: return left == right;
    case Comparison::unequal: return left != right;
    case Comparison::less: return left < right;
    case Comparison::less_equal: return left <= right;
    case Comparison::greater: return left > right;
    case Comparison::greater_equal: break;
  }
  return left >= right;
}

double value_of(const Expression& expression, std::size_t at, const ExpressionWorld& world);

/// Depth is bounded by the parser.
// NOLINTNEXTLINE(misc-no-recursion)
bool truth_of(const Expression& expression, const Node& node, const ExpressionWorld& world) {
  // NOLINTNEXTLINE(misc-no-recursion): see above
  const auto value = [&](std::size_t child) { return value_of(expression, child, world); };
  switch (node.kind) {
    case ExpressionKind::negation: return value(node.left) == 0;
    case ExpressionKind::both: return value(node.left) != 0 && value(node.right) != 0;
    case ExpressionKind::either: return value(node.left) != 0 || value(node.right) != 0;
    case ExpressionKind::compare:
      return compare(node.comparison, value(node.left), value(node.right));
    case ExpressionKind::any: return world.fired(node.names) > 0;
    case ExpressionKind::all: return world.fired(node.names) == world.known(node.names);
    case ExpressionKind::post: return world.fired_in_post(node.names);
    case ExpressionKind::first: return world.is_first(node.names);
    case ExpressionKind::last: return world.is_last(node.names);
    case ExpressionKind::near:
      return world.near(node.names, node.names_b, static_cast<std::size_t>(node.number));
    case ExpressionKind::adjacent:
      return world.adjacent(node.names, node.names_b, static_cast<std::size_t>(node.number));
    case ExpressionKind::number:
    case ExpressionKind::feature:
    case ExpressionKind::count: break;
  }
  return false;
}

// NOLINTNEXTLINE(misc-no-recursion): see above
double value_of(const Expression& expression, std::size_t at, const ExpressionWorld& world) {
  const Node& node = expression.nodes[at];
  if (node.kind == ExpressionKind::number) return node.number;
  if (node.kind == ExpressionKind::feature) return world.feature(node.feature);
  if (node.kind == ExpressionKind::count) return static_cast<double>(world.fired(node.names));
  return truth_of(expression, node, world) ? 1.0 : 0.0;
}

/// `when` asks about nothing but features.
class FeaturesOnly final : public ExpressionWorld {
 public:
  explicit FeaturesOnly(const FeatureValues& features) : features_(features) {}
  [[nodiscard]] double feature(Feature feature) const override {
    return features_.at(static_cast<std::size_t>(feature));
  }
  [[nodiscard]] std::size_t fired(std::size_t) const override { return 0; }
  [[nodiscard]] std::size_t known(std::size_t) const override { return 0; }
  [[nodiscard]] bool fired_in_post(std::size_t) const override { return false; }
  [[nodiscard]] bool is_first(std::size_t) const override { return false; }
  [[nodiscard]] bool is_last(std::size_t) const override { return false; }
  [[nodiscard]] bool near(std::size_t, std::size_t, std::size_t) const override { return false; }
  [[nodiscard]] bool adjacent(std::size_t, std::size_t, std::size_t) const override {
    return false;
  }

 private:
  const FeatureValues& features_;
};

}  // namespace

Result<Expression> parse_expression(std::string_view text, ExpressionUse use) {
  auto words = split_expression(text);
  if (!words) return fail(words.error());
  return Parser(*std::move(words), use).run();
}

bool holds(const Expression& expression, const ExpressionWorld& world) {
  return value_of(expression, expression.root, world) != 0;
}

std::vector<std::size_t> required_names(const Expression& expression) {
  if (expression.nodes.empty()) return {};
  std::vector<std::size_t> required;
  std::vector<std::size_t> open{expression.root};  // must hold
  while (!open.empty()) {
    const Node& node = expression.nodes[open.back()];
    open.pop_back();
    switch (node.kind) {
      case ExpressionKind::both:
        open.push_back(node.left);
        open.push_back(node.right);
        break;
      case ExpressionKind::any:
      case ExpressionKind::post:
      case ExpressionKind::first:
      case ExpressionKind::last: required.push_back(node.names); break;
      case ExpressionKind::near:
      case ExpressionKind::adjacent:
        required.push_back(node.names);
        required.push_back(node.names_b);
        break;
      default: break;
    }
  }
  return required;
}

bool holds(const Expression& expression, const FeatureValues& features) {
  return holds(expression, FeaturesOnly(features));
}

bool name_covers(std::string_view name, std::string_view id) {
  const auto star = name.find('*');
  if (star == std::string_view::npos) return name == id;
  const std::string_view head = name.substr(0, star);
  const std::string_view tail = name.substr(star + 1);
  return id.size() >= head.size() + tail.size() && id.starts_with(head) && id.ends_with(tail);
}

}  // namespace qanat::classifier
