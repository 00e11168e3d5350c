#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/channel_page.h"
#include "base/error.h"
#include "base/post.h"
#include "base/record.h"
#include "base/verdict.h"

/// The JSON form of the record: one form for every command, export and column.
/// Offsets are Unicode code points, half-open, into `text`; every key is in every object.
namespace qanat::record {

using Json = nlohmann::ordered_json;

inline constexpr const char* kPostSchema = "qanat.post/1";
inline constexpr const char* kPageSchema = "qanat.page/1";

class JsonWriter;

/// The whole record (docs/schema/post.schema.json).
void write(JsonWriter& out, const Record& record);
[[nodiscard]] Json record_json(const Record& record);

/// The line of JSON Lines that record_json() would give, without its tree of values.
[[nodiscard]] std::string record_line(const Record& record);

/// A parsed post that nobody has judged or stored: the record's keys, null for what is not known.
[[nodiscard]] Json parsed_post_json(const Post& post);

/// A page (docs/schema/page.schema.json).
[[nodiscard]] Json page_json(const ChannelPage& page);

/// `{"id","label","outcome","ad_probability","removed","because"}` (verdict.schema.json).
[[nodiscard]] Json verdict_json(const std::string& id, const Post& post, const Verdict& verdict);

/// Why, and why not: every block with its evidence, and what the post offers then
/// (explanation.schema.json).
[[nodiscard]] Json explanation_json(const Post& post,
                                    const Verdict& verdict,
                                    const Normalized& offered);

/// What the store keeps of a post beside its id and text, and of a verdict, as one text each; spans
/// are bytes here. Reading back what was written gives the same value.
/// Errors: storage_unusable, when the text is not what was written.
[[nodiscard]] std::string write_post_details(const Post& post);
[[nodiscard]] Result<void> read_post_details(std::string_view details, Post& post);
[[nodiscard]] std::string write_verdict(const Verdict& verdict);
[[nodiscard]] Result<Verdict> read_verdict(std::string_view text);

/// One line of JSON, invalid UTF-8 replaced, no line break inside.
[[nodiscard]] std::string dump_line(const Json& json);

}  // namespace qanat::record
