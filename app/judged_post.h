#pragma once

#include "classifier/classifier.h"
#include "store/store.h"

namespace qanat::app {

/// The post as the store keeps it: with its hash, its verdict and what it says apart from that.
[[nodiscard]] store::JudgedPost judge_post(const classifier::Classifier& classifier,
                                           const classifier::ChannelProfile& profile,
                                           Post post);

}  // namespace qanat::app
