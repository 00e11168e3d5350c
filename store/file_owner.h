#pragma once

#include <string>

namespace qanat::store {

/// When root has made `made`, gives it the owner of `model`, as SQLite does for the files beside a
/// database: what root makes in a service's folder must not stop the service. Does nothing for
/// other users, nor when the file system has no owners.
void give_to_owner_of(const std::string& model, const std::string& made);

/// "; FILE is owned by root", when it is there and of another user than this one; else nothing.
[[nodiscard]] std::string owner_in_words(const std::string& path);

}  // namespace qanat::store
