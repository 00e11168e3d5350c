#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/error.h"
#include "base/record.h"
#include "export/fingerprints.h"
#include "export/partial_file.h"
#include "export/selection.h"
#include "export/written_file.h"
#include "store/sqlite.h"

namespace qanat::exporting {

/// An SQLite database of records. Its table `post` has a column a field of record_fields(): text,
/// numbers, 0 and 1 for false and true, moments as their text, lists and objects as their JSON. Its
/// table `metadata` has the keys of row_metadata() and redaction_metadata(). It appears as
/// PartialFile does.
///
/// Errors of every call: those of PartialFile and store::Database.
class DatabaseFile {
 public:
  /// Errors: also usage, for a name that means no plain file ("-", a device, .zst, .gz), and, as of
  /// finish(), for a database whose log is beside it: somebody has it open, or died while he had.
  static Result<DatabaseFile> create(const std::string& path, const Selection& selection);

  Result<void> write(const Record& record);

  /// The last call.
  Result<WrittenFile> finish();

 private:
  DatabaseFile(PartialFile partial, std::unique_ptr<store::Database> database);

  PartialFile partial_;
  // It stays where it is, since the transaction points to it.
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<store::Transaction> transaction_;
  std::string insert_;
  Fingerprints fingerprints_;
  std::int64_t rows_ = 0;
};

}  // namespace qanat::exporting
