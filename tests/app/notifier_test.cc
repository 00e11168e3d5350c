#include "app/notifier.h"

#include <string>

#include <unistd.h>

#include "app/notify_socket.h"
#include "support/catch.h"
#include "support/files.h"

using namespace qanat;
using namespace std::chrono_literals;
using app::Notifier;

namespace {

using Messages = std::vector<std::string>;

}  // namespace

TEST_CASE("systemd hears of start, status and stop, by a path and by an abstract name",
          "[notify]") {
  const test::TemporaryFolder folder;
  for (const std::string& address :
       {folder.file("notify"), "@qanat-test-" + std::to_string(getpid())}) {
    CAPTURE(address);
    test::NotifySocket systemd(address);
    Notifier notifier({{"NOTIFY_SOCKET", address}});

    notifier.ready();
    notifier.status("visiting\n\x1b[2J 3 channels");
    notifier.stopping();

    CHECK(systemd.heard() ==
          Messages{"READY=1", "STATUS=visiting \\x1b[2J 3 channels", "STOPPING=1"});
  }
}

TEST_CASE("a reload is told with the moment, which systemd 253 asks for", "[notify]") {
  const test::TemporaryFolder folder;
  test::NotifySocket systemd(folder.file("notify"));
  Notifier notifier({{"NOTIFY_SOCKET", folder.file("notify")}});

  notifier.reloading();

  const Messages heard = systemd.heard();
  REQUIRE(heard.size() == 1);
  CHECK(heard[0].starts_with("RELOADING=1\nMONOTONIC_USEC="));
  CHECK(heard[0].size() > std::string("RELOADING=1\nMONOTONIC_USEC=").size());
}

TEST_CASE("the watchdog is fed when there is one for this process", "[notify]") {
  const test::TemporaryFolder folder;
  test::NotifySocket systemd(folder.file("notify"));
  app::Environment environment = {{"NOTIFY_SOCKET", folder.file("notify")}};

  Notifier(environment).progress();
  CHECK(systemd.heard().empty());

  environment["WATCHDOG_USEC"] = "30000000";
  environment["WATCHDOG_PID"] = std::to_string(getpid());
  Notifier ours(environment);
  ours.progress();
  CHECK(ours.watchdog() == 30s);
  CHECK(systemd.heard() == Messages{"WATCHDOG=1"});

  environment["WATCHDOG_PID"] = "1";
  Notifier another(environment);
  another.progress();
  CHECK_FALSE(another.watchdog());
  CHECK(systemd.heard().empty());
}

TEST_CASE("without systemd, or with an address that is none, nothing is said and nothing fails",
          "[notify]") {
  for (const std::string& address : {std::string(),
                                     std::string("vsock:2:1"),
                                     std::string(200, '/'),
                                     std::string("/nobody/listens")}) {
    CAPTURE(address);
    Notifier notifier({{"NOTIFY_SOCKET", address}, {"WATCHDOG_USEC", "soon"}});

    notifier.ready();
    notifier.progress();

    CHECK_FALSE(notifier.watchdog());
  }
}
