#include "app/open_store.h"

namespace qanat::app {

Result<store::Store> open_store(const Session& session, store::Access access) {
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  return store::Store::open(loaded->config.store.path.string(), access);
}

}  // namespace qanat::app
