// Runs files, or the files of folders, through one target: seeds and former crashes as a test.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz/promise.h"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator{path})
    if (entry.is_regular_file()) files.push_back(entry.path());
  return files;
}

/// Says the name first: a broken promise ends the program.
bool replay(const fs::path& path) {
  std::cout << path.filename().string() << std::endl;
  std::ifstream file{path, std::ios::binary};
  const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
  if (!file) return false;
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  return true;
}

}  // namespace

int main(int argc, char* argv[]) {
  std::size_t replayed = 0;
  for (const fs::path argument : std::vector<std::string>{argv + 1, argv + argc}) {
    for (const fs::path& file : files_of(argument)) {
      if (!replay(file)) {
        std::cerr << "replay: cannot read " << file << '\n';
        return 2;
      }
      ++replayed;
    }
  }
  std::cout << replayed << " inputs\n";
  return replayed == 0 ? 2 : 0;
}
