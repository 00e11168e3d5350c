#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/import/importer.h"
#include "app/import/sources.h"
#include "base/channel_name.h"
#include "base/error.h"

namespace qanat::app {

/// Imports a file. WARCs and exports are read to their end before anything of them is kept: one
/// that is cut or damaged brings nothing. What cannot be read is in the importer's report.
/// `channel`: whose posts an export holds. `hosts`: those of a WARC whose pages are previews.
///
/// Errors: those of Importer.
Result<void> import_source(const ImportSource& source,
                           const std::optional<ChannelName>& channel,
                           const std::vector<std::string>& hosts,
                           Importer& importer);

}  // namespace qanat::app
