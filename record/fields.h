#pragma once

#include <span>

#include "base/instant.h"
#include "base/names.h"
#include "base/utf8.h"
#include "base/verdict.h"
#include "record/json_writer.h"

/// The pieces that the JSON of posts, verdicts and stored details share.
namespace qanat::record {

/// Probabilities are shown to six digits: the same bytes on every machine.
[[nodiscard]] double rounded(double probability);

/// An enumeration, by its name.
template <class Enum>
  requires requires(Enum value) { name_of(value); }
void write(JsonWriter& out, Enum value) {
  out.text(name_of(value));
}

void write(JsonWriter& out, Instant moment);
void write(JsonWriter& out, const Link& link);
void write(JsonWriter& out, const Media& item);
void write(JsonWriter& out, const PollOption& option);
void write(JsonWriter& out, const Poll& poll);
void write(JsonWriter& out, const LinkPreview& preview);
void write(JsonWriter& out, const Forward& forward);
void write(JsonWriter& out, const Reply& reply);
void write(JsonWriter& out, const Button& button);
void write(JsonWriter& out, const Reaction& reaction);

/// `removed`, its offsets in code points.
void write_removed(JsonWriter& out,
                   std::span<const Removed> removed,
                   const utf8::OffsetMap& offsets);

}  // namespace qanat::record
