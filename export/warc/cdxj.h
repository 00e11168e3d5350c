#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "export/warc/record.h"

namespace qanat::exporting::warc {

/// "me,t)/s/some_channel?before=20": an address so that addresses of one host sort together, as
/// tools that replay WARCs look it up.
[[nodiscard]] std::string sortable_url(std::string_view url);

/// Where a record lies in its file.
struct Place {
  std::string file;  ///< its name
  std::int64_t offset = 0;
  std::int64_t length = 0;  ///< of the gzip member
};

/// One line of a CDXJ index, without a line break. `mime` is "warc/revisit" for revisits.
[[nodiscard]] std::string index_line(const FetchedPage& page,
                                     std::string_view mime,
                                     const Place& place);

}  // namespace qanat::exporting::warc
