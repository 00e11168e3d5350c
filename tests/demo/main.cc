// qanat-demo-server: serves invented channels as t.me would, for a try-out without the network.

#include <csignal>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string_view>

#include <CLI/CLI.hpp>

#include "demo/server.h"

namespace {

struct Arguments {
  std::uint16_t port = 0;
  std::filesystem::path port_file;
  std::filesystem::path channels = qanat::demo::default_channels_folder();
};

/// The file appears whole: who waits for it never reads half a number.
bool write_port_file(const std::filesystem::path& path, std::uint16_t port) {
  const std::filesystem::path unfinished = path.string() + ".new";
  std::ofstream file(unfinished);
  file << port << '\n';
  file.close();
  std::error_code error;
  std::filesystem::rename(unfinished, path, error);
  return file.good() && !error;
}

int complain(std::string_view message) {
  std::cerr << "qanat-demo-server: " << message << '\n';
  return 1;
}

void introduce(const qanat::demo::Server& server,
               const std::vector<qanat::demo::Channel>& channels) {
  std::cout << "demo channels on " << server.url() << '\n';
  for (const auto& channel : channels) {
    std::cout << "  " << channel.name << ": " << channel.posts.size() << " posts"
              << (channel.preview ? "" : ", without preview") << '\n';
  }
  std::cout << std::flush;
}

int serve(const Arguments& arguments) {
  auto channels = qanat::demo::load_channels(arguments.channels);
  if (!channels) return complain(channels.error().message);

  // Blocked before the server's thread starts, which inherits the mask: sigwait() alone sees them.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);

  const auto server = qanat::demo::Server::start(*channels, arguments.port);
  if (!server) return complain(server.error().message);
  if (!arguments.port_file.empty() &&
      !write_port_file(arguments.port_file, server.value()->port())) {
    return complain("cannot write " + arguments.port_file.string());
  }
  introduce(**server, *channels);
  int received = 0;
  sigwait(&ends, &received);
  return 0;
}

}  // namespace

int main(int argc, char* argv[]) try {
  Arguments arguments;
  CLI::App app("Serves invented Telegram channels on loopback, until SIGTERM or Ctrl-C.");
  app.add_option("--port", arguments.port, "port on 127.0.0.1; a free one when not given");
  app.add_option("--port-file", arguments.port_file, "write the port here once it listens");
  app.add_option("--channels", arguments.channels, "folder of channels (*.toml)");
  CLI11_PARSE(app, argc, argv);
  return serve(arguments);
} catch (const std::exception& bug) {
  return complain(bug.what());
}
