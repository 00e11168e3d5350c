#include "export/removals_file.h"

#include "base/instant.h"
#include "record/json.h"

namespace qanat::exporting {

std::string removals_text(std::span<const store::Removal> removals) {
  std::string out;
  for (const store::Removal& removal : removals) {
    const store::RemovalTarget& target = removal.target;
    out += record::dump_line({{"schema", kRemovalSchema},
                              {"id", target.str()},
                              {"channel", target.channel.str()},
                              {"post", target.post ? record::Json(*target.post) : record::Json()},
                              {"removed_at", format_instant(removal.removed_at)}});
    out += '\n';
  }
  return out;
}

}  // namespace qanat::exporting
