#pragma once

#include "app/session.h"
#include "store/store.h"

namespace qanat::app {

/// The configured database. Errors: config, as load_config; those of Store::open.
Result<store::Store> open_store(const Session& session, store::Access access);

}  // namespace qanat::app
