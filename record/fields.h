#pragma once

#include <cstddef>
#include <optional>
#include <utility>

#include "base/names.h"
#include "base/utf8.h"
#include "record/json.h"

/// The pieces that the JSON of posts, verdicts and stored details share.
namespace qanat::record {

/// null for nothing.
template <class T>
[[nodiscard]] Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

/// An object that is put together in the order of its keys. Unlike one that is assigned to by key,
/// or made of an initializer list, it looks for no key and copies no value: a record has forty.
class Object {
 public:
  /// `room`: for so many members; more cost a copy of all.
  explicit Object(std::size_t room = kUsualRoom) { members_.reserve(room); }

  /// No key comes twice.
  Object& add(const char* key, Json value) {
    members_.emplace_back(key, std::move(value));
    return *this;
  }
  [[nodiscard]] Json take() { return std::move(members_); }

 private:
  static constexpr std::size_t kUsualRoom = 8;

  Json::object_t members_;
};

/// Probabilities are shown to six digits: the same bytes on every machine.
[[nodiscard]] double rounded(double probability);

[[nodiscard]] Json links_json(const std::vector<Link>& links);
[[nodiscard]] Json media_json(const std::vector<Media>& media);
[[nodiscard]] Json poll_json(const std::optional<Poll>& poll);
[[nodiscard]] Json link_preview_json(const std::optional<LinkPreview>& preview);
[[nodiscard]] Json forward_json(const std::optional<Forward>& forward);
[[nodiscard]] Json reply_json(const std::optional<Reply>& reply);
[[nodiscard]] Json buttons_json(const std::vector<Button>& buttons);
[[nodiscard]] Json reactions_json(const std::vector<Reaction>& reactions);
[[nodiscard]] Json removed_json(const std::vector<Removed>& removed,
                                const utf8::OffsetMap& offsets);

}  // namespace qanat::record
