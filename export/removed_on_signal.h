#pragma once

#include <string>

namespace qanat::exporting {

/// A path that a signal which ends the process takes away, where remove_on_signals() was called: a
/// file, or a folder with the files in it. As long as this lives and no longer.
///
/// Some thirty at a time; what is more is only not taken away.
class RemovedOnSignal {
 public:
  explicit RemovedOnSignal(std::string path);
  RemovedOnSignal(const RemovedOnSignal&) = delete;
  RemovedOnSignal& operator=(const RemovedOnSignal&) = delete;
  RemovedOnSignal(RemovedOnSignal&& other) noexcept;
  RemovedOnSignal& operator=(RemovedOnSignal&&) = delete;
  ~RemovedOnSignal();

 private:
  int place_ = -1;  ///< none was free, or moved from
};

/// From now on SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGTERM, SIGALRM and SIGXCPU take away what
/// RemovedOnSignal names, then end the process as they always do. A signal that the process was
/// started to ignore is ignored still, and who takes a signal for himself later has it.
void remove_on_signals();

}  // namespace qanat::exporting
