// Bytes → page: whatever a host sends.

#include <cstddef>
#include <cstdint>

#include "fuzz/promise.h"
#include "parser/page.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace qanat;
  const std::string_view bytes = fuzz::text_of(data, size);
  const auto page = parser::parse_page(bytes);
  if (!page) {
    fuzz::promise(page.error().code == Errc::markup && !page.error().message.empty(),
                  "a refusal says what is wrong with the markup");
    return 0;
  }
  fuzz::check_page(*page);
  // Twice the work, so not each time.
  constexpr std::size_t kSeldom = 8;
  if (size % kSeldom == 0)
    fuzz::promise(parser::parse_page(bytes).value() == *page, "the same bytes give the same page");
  return 0;
}
