#pragma once

#include <cstddef>

#include "app/session.h"

namespace qanat::app {

/// On a terminal: how many posts a long command has looked at, redrawn now and then on standard
/// error. Elsewhere nothing.
class PostCounter {
 public:
  explicit PostCounter(const Session& session) : session_(session) {}

  void show(std::size_t posts) const;
  /// Takes the line away.
  void clear() const;

 private:
  const Session& session_;
};

}  // namespace qanat::app
