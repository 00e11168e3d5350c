#include "app/post_counter.h"

#include "app/units.h"

namespace qanat::app {

void PostCounter::show(std::size_t posts) const {
  constexpr std::size_t kEach = 100;
  if (!session_.err_terminal.is_tty || posts % kEach != 0) return;
  session_.err << "\r" << counted(posts, "post") << std::flush;
}

void PostCounter::clear() const {
  if (session_.err_terminal.is_tty) session_.err << "\r\x1b[K" << std::flush;
}

}  // namespace qanat::app
