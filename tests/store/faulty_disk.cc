#include "store/faulty_disk.h"

#include <new>
#include <optional>

#include <sqlite3.h>

#include "support/catch.h"

namespace qanat::test {
namespace {

// SQLite hands out neither pointers nor objects of ours, so what goes wrong is a global.
struct Trouble {
  std::optional<FaultyDisk::Fault> fault;
  int operations_left = 0;
  bool has_failed = false;

  bool strikes(bool concerned) {
    if (!concerned || operations_left-- > 0) return false;
    has_failed = true;
    return true;
  }
  bool strikes_writing() { return strikes(fault && *fault != FaultyDisk::Fault::syncing); }
  bool strikes_syncing() { return strikes(fault == FaultyDisk::Fault::syncing); }
};
Trouble trouble;

/// Our file, with the real one behind it in the same memory.
struct File {
  sqlite3_file base;
  sqlite3_file* real;
};

sqlite3_file* real_of(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real; }

int close(sqlite3_file* file) { return real_of(file)->pMethods->xClose(real_of(file)); }

int read(sqlite3_file* file, void* into, int size, sqlite3_int64 at) {
  return real_of(file)->pMethods->xRead(real_of(file), into, size, at);
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  if (trouble.strikes_writing()) {
    return trouble.fault == FaultyDisk::Fault::full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  }
  return real_of(file)->pMethods->xWrite(real_of(file), bytes, size, at);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

int sync(sqlite3_file* file, int flags) {
  if (trouble.strikes_syncing()) return SQLITE_IOERR_FSYNC;
  return real_of(file)->pMethods->xSync(real_of(file), flags);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

int lock(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xLock(real_of(file), level);
}

int unlock(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

int check_reserved_lock(sqlite3_file* file, int* held) {
  return real_of(file)->pMethods->xCheckReservedLock(real_of(file), held);
}

int file_control(sqlite3_file* file, int operation, void* argument) {
  return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

int sector_size(sqlite3_file* file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }

int characteristics(sqlite3_file* file) {
  return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, out);
}

int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

void shm_barrier(sqlite3_file* file) { real_of(file)->pMethods->xShmBarrier(real_of(file)); }

int shm_unmap(sqlite3_file* file, int remove) {
  return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

// Version 2: no memory maps, whose writes nobody could make fail.
constexpr sqlite3_io_methods kMethods = {.iVersion = 2,
                                         .xClose = close,
                                         .xRead = read,
                                         .xWrite = write,
                                         .xTruncate = truncate,
                                         .xSync = sync,
                                         .xFileSize = file_size,
                                         .xLock = lock,
                                         .xUnlock = unlock,
                                         .xCheckReservedLock = check_reserved_lock,
                                         .xFileControl = file_control,
                                         .xSectorSize = sector_size,
                                         .xDeviceCharacteristics = characteristics,
                                         .xShmMap = shm_map,
                                         .xShmLock = shm_lock,
                                         .xShmBarrier = shm_barrier,
                                         .xShmUnmap = shm_unmap,
                                         .xFetch = nullptr,
                                         .xUnfetch = nullptr};

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* real_vfs = static_cast<sqlite3_vfs*>(vfs->pAppData);
  auto* made = new (file) File{.base = {}, .real = nullptr};
  made->real = reinterpret_cast<sqlite3_file*>(made + 1);
  const int code = real_vfs->xOpen(real_vfs, name, made->real, flags, out_flags);
  made->base.pMethods = code == SQLITE_OK ? &kMethods : nullptr;
  return code;
}

}  // namespace

struct FaultyDisk::Impl {
  sqlite3_vfs* real = sqlite3_vfs_find(nullptr);
  sqlite3_vfs vfs = *real;
};

FaultyDisk::FaultyDisk() : impl_(std::make_unique<Impl>()) {
  trouble = {};
  sqlite3_vfs& vfs = impl_->vfs;
  vfs.zName = "faulty";
  vfs.szOsFile = static_cast<int>(sizeof(File)) + impl_->real->szOsFile;
  vfs.pAppData = impl_->real;
  vfs.xOpen = open;
  REQUIRE(sqlite3_vfs_register(&vfs, 1) == SQLITE_OK);
}

FaultyDisk::~FaultyDisk() {
  trouble = {};
  sqlite3_vfs_unregister(&impl_->vfs);
  sqlite3_vfs_register(impl_->real, 1);
}

void FaultyDisk::fail_after(int operations, Fault fault) {
  trouble = {.fault = fault, .operations_left = operations, .has_failed = false};
}

void FaultyDisk::mend() { trouble.fault.reset(); }

bool FaultyDisk::has_failed() const { return trouble.has_failed; }

}  // namespace qanat::test
