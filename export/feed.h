#pragma once

#include <string>

#include "base/error.h"
#include "export/selection.h"
#include "export/written_file.h"
#include "store/store.h"

namespace qanat::exporting {

enum class FeedFormat { rss, atom, json };

struct FeedOptions {
  FeedFormat format = FeedFormat::atom;
  std::string title;  ///< empty: the channel's, or a general one
  std::string url;    ///< where the feed will be served; may be empty
};

/// Writes the posts of the selection, the newest first, without what was removed from them, as RSS
/// 2.0, Atom or JSON Feed 1.1. A selection without outcomes means clean and stripped posts: no ads
/// and nothing doubtful. Deleted posts are left out. No clock enters it: the same store gives the
/// same bytes. `path` as for TextFile.
///
/// Errors: those of TextFile, Store::for_each and Store::channel.
Result<WrittenFile> write_feed(store::Store& store,
                               const Selection& selection,
                               const FeedOptions& options,
                               const std::string& path);

}  // namespace qanat::exporting
