#pragma once

#include "base/post.h"
#include "base/record.h"

namespace qanat::test {

/// A post in which every field differs from its default.
[[nodiscard]] Post full_post();

/// A post of plain text, the usual case.
[[nodiscard]] Post text_post(MessageId message, std::string text);

/// A verdict on full_post() with evidence of every sort.
[[nodiscard]] Verdict full_verdict();

/// A record over both.
[[nodiscard]] Record full_record();

}  // namespace qanat::test
