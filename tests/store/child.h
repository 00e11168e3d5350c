#pragma once

#include <cstdio>
#include <cstdlib>
#include <functional>

#include <sys/wait.h>
#include <unistd.h>

/// Work in a process of its own: what ends, limits or disarms a process must not be the test's.
namespace qanat::test {

inline constexpr int kCrashed = -1;

/// Forks; `work` runs in the child and its value is the child's exit code. Gives what waitpid()
/// tells. No Catch2 macros inside.
inline int status_of_child(const std::function<int()>& work) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) std::_Exit(work());
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

/// The exit code of such a child; kCrashed when a signal ended it.
inline int in_child(const std::function<int()>& work) {
  const int status = status_of_child(work);
  return WIFEXITED(status) ? WEXITSTATUS(status) : kCrashed;
}

/// The signal that ended such a child; 0 when none did.
inline int signal_of_child(const std::function<int()>& work) {
  const int status = status_of_child(work);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/// The same as a user who may not write everywhere, also when the tests run as root.
inline int in_child_without_privileges(const std::function<int()>& work) {
  return in_child([&] {
    constexpr uid_t kNobody = 65534;
    if (geteuid() == 0 && (setgid(kNobody) != 0 || setuid(kNobody) != 0)) return 98;
    return work();
  });
}

}  // namespace qanat::test
