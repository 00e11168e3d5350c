#include "parser/shown_channel.h"

#include "parser/attribute.h"
#include "parser/channel_header.h"
#include "parser/tag_scanner.h"
#include "parser/words.h"

namespace qanat::parser {

ShownChannel find_shown_channel(std::string_view bytes) {
  ShownChannel shown;
  TagScanner scanner(bytes);
  for (Markup found = scanner.next(); found != Markup::end; found = scanner.next()) {
    if (found != Markup::tag) continue;
    for (const TagAttribute& attribute : scanner.attributes()) {
      const auto name = attribute_named(attribute.name);
      if (name == Attribute::data_view && !shown.numeric_id) {
        shown.numeric_id = numeric_channel_id(attribute.value);
      } else if (name == Attribute::data_post && !shown.name) {
        const std::string_view address = trimmed(attribute.value);
        shown.name = ChannelName::parse(address.substr(0, address.find('/')));
      }
    }
    if (shown.name && shown.numeric_id) break;
  }
  return shown;
}

}  // namespace qanat::parser
