#include <utility>

#include <nlohmann/json.hpp>

#include "base/names.h"
#include "store/store.h"
#include "store/store_impl.h"

// Labels of people: a table that only grows.
namespace qanat::store {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kCannotTell = "cannot_tell";
constexpr std::string_view kWithdrawn = "withdrawn";

std::string_view answer_of(const LabelRow& label) {
  if (label.withdrawn) return kWithdrawn;
  return label.label ? name_of(*label.label) : kCannotTell;
}

std::string write_spans(const std::vector<LabelledSpan>& spans) {
  Json out = Json::array();
  for (const LabelledSpan& part : spans) {
    out.push_back(
        {{"begin", part.span.begin}, {"end", part.span.end}, {"kind", name_of(part.kind)}});
  }
  return out.dump();
}

/// Nothing when it is not what write_spans() writes.
std::optional<LabelledSpan> read_span(const Json& part) {
  if (!part.is_object()) return std::nullopt;
  const Json begin = part.value("begin", Json());
  const Json end = part.value("end", Json());
  const Json name = part.value("kind", Json());
  if (!begin.is_number_unsigned() || !end.is_number_unsigned() || !name.is_string()) {
    return std::nullopt;
  }
  const auto kind = from_name<RemovedKind>(name.get<std::string>());
  if (!kind) return std::nullopt;
  return LabelledSpan{.span = {.begin = begin.get<std::size_t>(), .end = end.get<std::size_t>()},
                      .kind = *kind};
}

std::optional<std::vector<LabelledSpan>> read_spans(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_array()) return std::nullopt;
  std::vector<LabelledSpan> spans;
  for (const Json& part : json) {
    const auto span = read_span(part);
    if (!span) return std::nullopt;
    spans.push_back(*span);
  }
  return spans;
}

Result<LabelRow> read_label(const Database& database, const Rows& rows) {
  auto channel = ChannelName::parse(rows.view(0));
  const std::string_view answer = rows.view(4);
  const auto label = from_name<Label>(answer);
  auto spans = read_spans(rows.view(5));
  if (!channel) return fail(unreadable(database, rows.view(0)));
  if (!spans) return fail(unreadable(database, rows.view(5)));
  if (!label && answer != kCannotTell) return fail(unreadable(database, answer));
  return LabelRow{.post = {.channel = *std::move(channel), .message = rows.get<MessageId>(1)},
                  .revision = rows.get<int>(2),
                  .annotator = rows.get<std::string>(3),
                  .label = label,
                  .spans = *std::move(spans),
                  .guideline = rows.get<std::string>(6),
                  .reason = rows.get<std::string>(7),
                  .round = rows.get<std::optional<std::int64_t>>(8),
                  .p_sample = rows.get<std::optional<double>>(9),
                  .labelled_at = rows.get<Instant>(10),
                  .note = rows.get<std::string>(11)};
}

}  // namespace

Result<void> Store::keep_label(const LabelRow& label) {
  if (label.annotator.empty()) {
    return fail(Errc::usage, "a label needs a name; give --annotator");
  }
  auto kept = impl_->database.run(
      "INSERT INTO label (post_id, revision, annotator, answer, spans, guideline, reason, round,"
      " p_sample, labelled_at, note)"
      " SELECT post.id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 FROM post"
      " JOIN channel ON channel.id = post.channel_id"
      " WHERE channel.name = ?1 AND post.message_id = ?2 AND ?3 BETWEEN 1 AND post.revision",
      label.post.channel.str(),
      label.post.message,
      label.revision,
      label.annotator,
      answer_of(label),
      write_spans(label.spans),
      label.guideline,
      label.reason,
      label.round,
      label.p_sample,
      label.labelled_at,
      label.note);
  if (!kept) return kept;
  if (impl_->database.changes() > 0) return {};
  return fail(Errc::usage,
              label.post.str() + ": the store has no revision " + std::to_string(label.revision) +
                  " of this post");
}

Result<std::vector<LabelRow>> Store::labels() {
  return impl_->database.list(
      "SELECT channel.name, post.message_id, label.revision, label.annotator, label.answer,"
      " label.spans, label.guideline, label.reason, label.round, label.p_sample,"
      " label.labelled_at, label.note"
      " FROM label JOIN post ON post.id = label.post_id"
      " JOIN channel ON channel.id = post.channel_id"
      " WHERE label.answer <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM label AS later"
      "  WHERE later.post_id = label.post_id AND later.annotator = label.annotator"
      "  AND later.id > label.id)"
      " ORDER BY channel.name, post.message_id, label.id",
      [this](const Rows& rows) { return read_label(impl_->database, rows); });
}

}  // namespace qanat::store
