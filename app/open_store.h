#pragma once

#include "app/session.h"
#include "store/store.h"

namespace qanat::app {

/// Errors: usage, when the configured database is not there; the message says how to get one.
Result<void> find_database(const LoadedConfig& loaded);

/// The configured database. Errors: config, as load_config; those of Store::open.
Result<store::Store> open_store(const Session& session, store::Access access);

}  // namespace qanat::app
