#pragma once

#include <string>

#include "store/pages.h"
#include "store/sqlite.h"

namespace qanat::test {

/// Takes a store's file back to version 10: without what later versions added.
inline void back_to_version_10(store::Database& database) {
  must(
      database.script("CREATE INDEX verdict_by_label ON verdict (label, outcome, post_id)"
                      " WHERE current = 1;"
                      "ALTER TABLE post_before DROP COLUMN last_fetch_id;"
                      "DROP TABLE judged_under; DROP TABLE clusters_outdated;"
                      "DROP TABLE former_name;"
                      "DROP INDEX removal_by_numeric_id; DROP INDEX removal_by_name;"
                      "ALTER TABLE removal DROP COLUMN numeric_id;"));
  must(
      database.script("CREATE UNIQUE INDEX removal_by_name"
                      " ON removal (channel, ifnull(message_id, 0)); PRAGMA user_version = 10;"));
}

}  // namespace qanat::test
