#pragma once

#include "base/error.h"

namespace qanat::app {

/// What the program's exit says to scripts and to systemd.
inline constexpr int kExitFine = 0;
inline constexpr int kExitFailure = 1;
inline constexpr int kExitUsage = 2;     ///< wrong arguments or a wrong input line
inline constexpr int kExitDegraded = 3;  ///< the run finished, and something in it failed
inline constexpr int kExitUnusable = 4;  ///< the store is damaged, another program's, or newer
inline constexpr int kExitBusy = 75;     ///< held by another process: try later
inline constexpr int kExitConfig = 78;   ///< configuration or rules

/// The one place where a failure becomes an exit code.
[[nodiscard]] constexpr int exit_code_of(Errc code) {
  switch (code) {
    case Errc::usage: return kExitUsage;
    case Errc::config:
    case Errc::rule: return kExitConfig;
    case Errc::storage_busy: return kExitBusy;
    case Errc::storage_unusable: return kExitUnusable;
    case Errc::network:
    case Errc::http_status:
    case Errc::throttled:
    case Errc::markup:
    case Errc::other_channel:
    case Errc::known_channel:
    case Errc::removed_channel:
    case Errc::storage:
    case Errc::storage_replaced:
    case Errc::host_trouble: return kExitFailure;
  }
  return kExitFailure;
}

}  // namespace qanat::app
