#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "classifier/matching.h"

/// The expressions of `when` and of composites: read once, evaluated per block.
namespace qanat::classifier {

/// One node of an expression; children by index into Expression::nodes.
struct ExpressionNode {
  enum class Kind : std::uint8_t {
    number,    ///< a literal
    feature,   ///< a number of the block or post
    negation,  ///< not a
    both,      ///< a and b
    either,    ///< a or b
    compare,   ///< a op b
    any,       ///< any(names): one of them fired here
    all,       ///< all(names): each of them fired here
    count,     ///< count(names): how many of them fired here
    post,      ///< post(names): one of them fired anywhere in the post
    first,     ///< first(names): fired here and in no earlier block
    last,      ///< last(names): fired here and in no later block
    near,      ///< near(a, b, chars): both fired here, at most so many characters apart
    adjacent,  ///< adjacent(a, b, blocks = n): a fired here, b in one of n blocks on either side
  };
  enum class Comparison : std::uint8_t { equal, unequal, less, less_equal, greater, greater_equal };

  Kind kind = Kind::number;
  Comparison comparison = Comparison::equal;
  Feature feature = Feature::block_links;
  double number = 0;        ///< literal; or the distance of near and adjacent
  std::size_t left = 0;     ///< child
  std::size_t right = 0;    ///< child
  std::size_t names = 0;    ///< index into Expression::names
  std::size_t names_b = 0;  ///< second argument of near and adjacent
};

/// A parsed expression. Names are rule ids or globs ("cta.*", "*"), as written.
struct Expression {
  std::vector<ExpressionNode> nodes;
  std::vector<std::vector<std::string>> names;  ///< one entry per mention
  std::size_t root = 0;
};

/// What an expression may ask about rules. `names` is an index into Expression::names.
class ExpressionWorld {
 public:
  virtual ~ExpressionWorld() = default;
  ExpressionWorld(const ExpressionWorld&) = delete;
  ExpressionWorld& operator=(const ExpressionWorld&) = delete;
  [[nodiscard]] virtual double feature(Feature feature) const = 0;
  /// How many distinct rules of `names` fired here, and how many there are.
  [[nodiscard]] virtual std::size_t fired(std::size_t names) const = 0;
  [[nodiscard]] virtual std::size_t known(std::size_t names) const = 0;
  [[nodiscard]] virtual bool fired_in_post(std::size_t names) const = 0;
  [[nodiscard]] virtual bool is_first(std::size_t names) const = 0;
  [[nodiscard]] virtual bool is_last(std::size_t names) const = 0;
  [[nodiscard]] virtual bool near(std::size_t a, std::size_t b, std::size_t chars) const = 0;
  [[nodiscard]] virtual bool adjacent(std::size_t a, std::size_t b, std::size_t blocks) const = 0;

 protected:
  ExpressionWorld() = default;
};

enum class ExpressionUse : std::uint8_t {
  when,       ///< features only
  composite,  ///< features and rules
};

/// Errors: rule, with what was met and what was expected.
[[nodiscard]] Result<Expression> parse_expression(std::string_view text, ExpressionUse use);

[[nodiscard]] bool holds(const Expression& expression, const ExpressionWorld& world);
/// Indexes into Expression::names: the expression holds only where of each a rule has fired
/// somewhere in the post.
[[nodiscard]] std::vector<std::size_t> required_names(const Expression& expression);
/// For `when`: an expression over features alone.
[[nodiscard]] bool holds(const Expression& expression, const FeatureValues& features);

/// Is `id` meant by `name`, which may be a glob? "*" stands for any characters.
[[nodiscard]] bool name_covers(std::string_view name, std::string_view id);

}  // namespace qanat::classifier
