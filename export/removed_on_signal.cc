#include "export/removed_on_signal.h"

#include <array>
#include <atomic>
#include <csignal>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace qanat::exporting {
namespace {

/// A signal handler reaches nothing but globals, and nothing that somebody may be changing.
struct RemovedPath {
  std::atomic<bool> is_taken{false};
  std::atomic<const char*> path{nullptr};
  std::string text;
};
static_assert(std::atomic<bool>::is_always_lock_free &&
              std::atomic<const char*>::is_always_lock_free);

std::array<RemovedPath, 32> removed_paths;

/// Nothing below takes memory: the signal may have come amidst malloc().
void remove_files_in(int folder) {
  alignas(dirent64) std::array<char, 4096> entries{};
  for (;;) {
    const ssize_t size = ::getdents64(folder, entries.data(), entries.size());
    if (size <= 0) return;
    for (ssize_t at = 0; at < size;) {
      const auto* entry = reinterpret_cast<const dirent64*>(entries.data() + at);
      ::unlinkat(folder, entry->d_name, 0);
      at += entry->d_reclen;
    }
  }
}

void remove_at(const char* path) {
  if (::unlink(path) == 0) return;
  const int folder = ::open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0) return;
  remove_files_in(folder);
  ::close(folder);
  ::rmdir(path);
}

void on_ending_signal(int number) {
  // Twice: a folder may stand before those in it.
  for (int time = 0; time < 2; ++time) {
    for (const RemovedPath& removed : removed_paths) {
      if (const char* path = removed.path; path != nullptr) remove_at(path);
    }
  }
  struct sigaction usual{};
  usual.sa_handler = SIG_DFL;
  sigaction(number, &usual, nullptr);
  raise(number);  // it comes when this returns
}

}  // namespace

RemovedOnSignal::RemovedOnSignal(std::string path) {
  for (std::size_t i = 0; i < removed_paths.size(); ++i) {
    RemovedPath& removed = removed_paths[i];
    if (removed.is_taken.exchange(true)) continue;
    removed.text = std::move(path);
    removed.path = removed.text.c_str();
    place_ = static_cast<int>(i);
    return;
  }
}

RemovedOnSignal::RemovedOnSignal(RemovedOnSignal&& other) noexcept
    : place_(std::exchange(other.place_, -1)) {}

RemovedOnSignal::~RemovedOnSignal() {
  if (place_ < 0) return;
  RemovedPath& removed = removed_paths[static_cast<std::size_t>(place_)];
  removed.path = nullptr;
  removed.is_taken = false;
}

void remove_on_signals() {
  for (const int number : {SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGTERM, SIGALRM, SIGXCPU}) {
    struct sigaction action{};
    sigaction(number, nullptr, &action);
    if (action.sa_handler != SIG_DFL) continue;
    action.sa_handler = on_ending_signal;
    sigfillset(&action.sa_mask);
    action.sa_flags = 0;
    sigaction(number, &action, nullptr);
  }
}

}  // namespace qanat::exporting
