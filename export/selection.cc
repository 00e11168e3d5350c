#include "export/selection.h"

#include <algorithm>

#include "base/utf8.h"

namespace qanat::exporting {
namespace {

std::int64_t reactions_of(const Post& post) {
  std::int64_t sum = 0;
  for (const Reaction& reaction : post.reactions) sum += reaction.count.value.value_or(0);
  return sum;
}

}  // namespace

bool wants(const Selection& selection, const Record& record) {
  const Post& post = record.post;
  if (selection.without_deleted && record.deleted_at) return false;
  if (!selection.langs.empty() &&
      std::ranges::find(selection.langs, record.normalized.lang) == selection.langs.end()) {
    return false;
  }
  if (selection.min_views && post.views.value.value_or(-1) < *selection.min_views) return false;
  if (selection.min_reactions && reactions_of(post) < *selection.min_reactions) return false;
  return !selection.representatives_only || record.cluster == post.id.str();
}

bool has_length_bounds(const Selection& selection) {
  return selection.min_length.has_value() || selection.max_length.has_value();
}

bool has_wanted_length(const Selection& selection, std::string_view text) {
  if (!has_length_bounds(selection)) return true;
  const auto length = static_cast<std::int64_t>(utf8::length(text));
  return length >= selection.min_length.value_or(length) &&
         length <= selection.max_length.value_or(length);
}

}  // namespace qanat::exporting
