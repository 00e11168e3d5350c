#include "app/exit_code.h"

#include "support/catch.h"

using qanat::Errc;
using qanat::app::exit_code_of;

TEST_CASE("each kind of failure ends the program with its documented code") {
  CHECK(exit_code_of(Errc::usage) == 2);
  CHECK(exit_code_of(Errc::storage_unusable) == 4);
  CHECK(exit_code_of(Errc::storage_busy) == 75);
  CHECK(exit_code_of(Errc::config) == 78);
  CHECK(exit_code_of(Errc::rule) == 78);
  for (const Errc code : {Errc::network,
                          Errc::http_status,
                          Errc::throttled,
                          Errc::markup,
                          Errc::storage,
                          Errc::storage_replaced,
                          Errc::host_trouble}) {
    CHECK(exit_code_of(code) == 1);
  }
}
