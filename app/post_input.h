#pragma once

#include <functional>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/names.h"
#include "base/post.h"
#include "classifier/evaluation.h"

/// Posts that come as JSON lines.
namespace qanat::app {

/// A record with a person's label in the place of a verdict (docs/schema/labelled.schema.json).
inline constexpr const char* kLabelledSchema = "qanat.labelled/1";

/// A post as somebody wrote it down: our record (`"schema":"qanat.post/1"` or kLabelledSchema), or
/// `{"id","channel"?,"text","links"?:[url…]}`.
struct GivenPost {
  std::string id;  ///< as written
  Post post;
};

/// Errors: usage: what is missing or of the wrong type, and what is asked for.
Result<GivenPost> read_given_post(const std::string& line);

/// One line of a labelled file: a given post with "label", and "lang", "spans", "ambiguous".
struct GivenLabel {
  Post post;
  classifier::LabelledPost labelled;
  std::vector<std::string> other_spans;  ///< kinds of spans that no verdict knows: left out
  std::vector<std::string> doubts;       ///< label_doubts.h; of a file, each with its place
};

/// Errors: usage, as above.
Result<GivenLabel> read_labelled_post(const std::string& line);

/// "qa, ad, mixed, other".
template <class Enum>
[[nodiscard]] std::string all_names() {
  std::string out;
  for (const std::string_view name : names_of<Enum>())
    out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

/// A post that is text alone, valid UTF-8.
[[nodiscard]] Post post_of_text(std::string text);

/// Calls `row` for each line that is not blank; stops at the first error.
/// Errors: those of `row`, with the place before them; usage, for a line over the cap of 4 MiB.
Result<void> for_each_line(std::istream& in,
                           const std::string& name,
                           const std::function<Result<void>(const std::string&)>& row);

/// The same of a labelled file. A post that stands there twice would count twice.
/// Errors: also usage, for a line that is no labelled post, an empty id, and the id of an earlier
/// line of the same channel.
Result<void> for_each_labelled_post(std::istream& in,
                                    const std::string& name,
                                    const std::function<Result<void>(GivenLabel)>& row);

}  // namespace qanat::app
