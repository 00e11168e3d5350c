#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/error.h"
#include "export/selection.h"
#include "export/written_file.h"
#include "store/store.h"

namespace qanat::exporting {

enum class FeedFormat { rss, atom, json };

inline constexpr std::array kFeedFormats = {FeedFormat::rss, FeedFormat::atom, FeedFormat::json};

/// "rss", "atom", "json": also the ending of such a file.
[[nodiscard]] std::string_view name_of(FeedFormat format);
/// "application/rss+xml; charset=utf-8"
[[nodiscard]] std::string_view media_type(FeedFormat format);

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

/// The same in memory. Errors: those of Store::for_each and Store::channel.
Result<std::string> feed_text(store::Store& store,
                              const Selection& selection,
                              const FeedOptions& options);

}  // namespace qanat::exporting
