#pragma once

#include <string>
#include <utility>
#include <vector>

#include "classifier/plain_post.h"

namespace qanat::test {

/// A post of some channel, known by its text and its hidden links alone.
inline Post plain_post(std::string text, const std::vector<std::string>& links = {}) {
  return classifier::post_from_text(*ChannelName::parse("uroki_koda"), 7, std::move(text), links);
}

}  // namespace qanat::test
