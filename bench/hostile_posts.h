#pragma once

#include "classifier/classifier.h"

namespace qanat::bench {

/// Judges posts made to hurt, of a quarter and of half a MiB, and prints how much longer the double
/// takes: about 2 where time is linear.
void judge_hostile_posts(const classifier::Classifier& judge);

}  // namespace qanat::bench
