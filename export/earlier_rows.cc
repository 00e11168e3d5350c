#include "export/earlier_rows.h"

#include <string_view>
#include <utility>

#include "base/json_depth.h"
#include "base/sha256.h"
#include "record/json.h"

namespace qanat::exporting {
namespace {

using record::Json;

std::string text_under(const Json& row, const char* key) {
  const auto found = row.find(key);
  return found != row.end() && found->is_string() ? found->get<std::string>() : "";
}

constexpr std::string_view kTombstoneSchema = "qanat.tombstone/1";
constexpr std::string_view kDigestSchema = "qanat.row_digest/1";

Json head_of(std::string_view schema, const PostId& id) {
  return {
      {"schema", schema}, {"id", id.str()}, {"channel", id.channel.str()}, {"post", id.message}};
}

/// Nothing when it is neither a record, nor its digest, nor a tombstone.
std::optional<EarlierRow> read_row(const std::string& line) {
  const Json row = Json::parse(line, nullptr, false);
  if (!row.is_object()) return std::nullopt;
  const std::string schema = text_under(row, "schema");
  const auto channel = ChannelName::parse(text_under(row, "channel"));
  const auto number = row.find("post");
  const bool is_tombstone = schema == kTombstoneSchema;
  const bool is_record = schema == record::kPostSchema;
  if (!is_tombstone && !is_record && schema != kDigestSchema) return std::nullopt;
  if (!channel || number == row.end() || !number->is_number_integer()) return std::nullopt;
  return EarlierRow{.id = {.channel = *channel, .message = number->get<MessageId>()},
                    .sha256 = is_record ? sha256_hex(line) : text_under(row, "sha256"),
                    .is_tombstone = is_tombstone};
}

}  // namespace

std::string tombstone_line(const PostId& id) {
  return record::dump_line(head_of(kTombstoneSchema, id));
}

std::string digest_line(const PostId& id, const std::string& sha256) {
  Json row = head_of(kDigestSchema, id);
  row["sha256"] = sha256;
  return record::dump_line(row);
}

Error EarlierRows::File::error(const std::string& problem) const {
  return {.code = Errc::usage, .message = path + ":" + std::to_string(line) + ": " + problem};
}

Result<void> EarlierRows::File::advance() {
  std::string text;
  const auto more = reader.next(text);
  if (!more) return fail(more.error());
  if (!*more) {
    row.reset();
    return {};
  }
  ++line;
  if (is_too_deep(text)) {
    return fail(error("JSON nested deeper than " + std::to_string(kMaxJsonDepth) +
                      " levels: not a row of an earlier export"));
  }
  auto read = read_row(text);
  if (!read) return fail(error("no row of an earlier export"));
  if (row && read->id <= row->id) return fail(error("not behind the row before it"));
  row = *std::move(read);
  return {};
}

Result<EarlierRows> EarlierRows::open(const std::vector<std::string>& paths) {
  std::vector<File> files;
  for (const std::string& path : paths) {
    if (path.ends_with(".parquet")) {
      return fail(
          Errc::usage,
          path +
              ": Parquet files cannot be read here; name its index (--index), or the same export "
              "as JSON Lines");
    }
    auto reader = LineReader::open(path);
    if (!reader) return fail(reader.error());
    files.push_back({.path = path, .reader = *std::move(reader), .row = {}});
    if (auto begun = files.back().advance(); !begun) return fail(begun.error());
  }
  EarlierRows rows(std::move(files));
  if (auto begun = rows.advance(); !begun) return fail(begun.error());
  return rows;
}

Result<void> EarlierRows::advance() {
  do {
    take_first();
    if (auto left = leave_current(); !left) return left;
  } while (current_ && current_->is_tombstone);
  return {};
}

/// At equal ids the later file's row stands.
void EarlierRows::take_first() {
  current_.reset();
  for (const File& file : files_) {
    if (file.row && (!current_ || file.row->id <= current_->id)) current_ = file.row;
  }
}

Result<void> EarlierRows::leave_current() {
  for (File& file : files_) {
    if (!current_ || !file.row || file.row->id != current_->id) continue;
    if (auto moved = file.advance(); !moved) return moved;
  }
  return {};
}

}  // namespace qanat::exporting
