#include "export/selection_json.h"

#include "base/names.h"

namespace qanat::exporting {
namespace {

using record::Json;

Json channels_json(const std::vector<ChannelName>& channels) {
  Json out = Json::array();
  for (const ChannelName& channel : channels) out.push_back(channel.str());
  return out;
}

template <class Enum>
Json names_json(const std::vector<Enum>& values) {
  Json out = Json::array();
  for (const Enum value : values) out.push_back(name_of(value));
  return out;
}

Json bound_json(const std::optional<Instant>& moment) {
  return moment ? Json(format_instant(*moment)) : Json(nullptr);
}

Json bound_json(const std::optional<std::int64_t>& number) {
  return number ? Json(*number) : Json(nullptr);
}

}  // namespace

Json selection_json(const Selection& selection) {
  const store::RecordFilter& filter = selection.stored;
  return {
      {"channels", channels_json(filter.channels)},
      {"labels", names_json(filter.labels)},
      {"outcomes", names_json(filter.outcomes)},
      {"since", bound_json(filter.since)},
      {"until", bound_json(filter.until)},
      {"as_of",
       selection.past != nullptr ? Json(format_instant(selection.past->as_of())) : Json(nullptr)},
      {"langs", selection.langs},
      {"min_views", bound_json(selection.min_views)},
      {"min_reactions", bound_json(selection.min_reactions)},
      {"min_length", bound_json(selection.min_length)},
      {"max_length", bound_json(selection.max_length)},
      {"representatives_only", selection.representatives_only},
      {"without_deleted", selection.without_deleted},
      {"words", filter.words},
      {"limit", filter.limit}};
}

}  // namespace qanat::exporting
