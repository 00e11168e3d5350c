#include "app/labels.h"

#include "app/json_line.h"
#include "app/open_input.h"
#include "app/post_input.h"
#include "base/names.h"

namespace qanat::app {
namespace {

/// The text under a key; empty when there is none.
std::string text_of(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Result<std::optional<Label>> truth_of(const nlohmann::json& object) {
  if (text_of(object, "schema").starts_with("qanat.post/")) return std::nullopt;
  if (!object.contains("label")) return std::nullopt;
  const auto label = from_name<Label>(text_of(object, "label"));
  if (!label) return fail(Errc::usage, "`label` must be qa, ad, mixed or other");
  return label;
}

}  // namespace

Result<std::optional<Label>> read_truth(const std::string& line) {
  const auto object = read_json_object(line);
  if (!object) return fail(object.error());
  return truth_of(*object);
}

Result<Labels> read_labels(const std::string& path, std::istream& in) {
  auto input = open_input(path, in);
  if (!input) return fail(input.error());
  Labels labels;
  const auto row = [&labels](const std::string& line) -> Result<void> {
    const auto object = read_json_object(line);
    if (!object) return fail(object.error());
    const auto label = truth_of(*object);
    if (!label) return fail(label.error());
    const std::string id = text_of(*object, "id");
    if (id.empty() || !*label) {
      return fail(Errc::usage,
                  R"(write {"id": …, "label": "qa|ad|mixed|other"}, as a person sees it)");
    }
    labels[id] = **label;
    return {};
  };
  if (auto read = for_each_line(input->stream(), input->name(), row); !read) {
    return fail(read.error());
  }
  return labels;
}

}  // namespace qanat::app
