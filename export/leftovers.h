#pragma once

#include <string>

/// The files and folders that exports write under another name until they are whole, and what
/// killed exports leave of them. Such a name is the target's, the process's id and ".partial". Who
/// writes one holds its lock (flock), so that what nobody holds any more is known to be left.
namespace qanat::exporting {

/// The name under which this process writes what becomes `target`.
[[nodiscard]] std::string partial_path(const std::string& target);

/// Takes away what killed processes left of exports to `target`. What cannot be told or taken away
/// stays.
void clear_leftovers(const std::string& target);

/// Locks the file or folder behind `descriptor`, which is open under `path`. False when somebody
/// took it away in between, for a leftover: make it anew. Where the disk knows no locks, nobody
/// takes anything away.
[[nodiscard]] bool hold_partial(int descriptor, const std::string& path);

}  // namespace qanat::exporting
