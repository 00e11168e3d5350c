#include "importer/gzip_reader.h"

#include <algorithm>
#include <array>
#include <new>
#include <utility>

#include <zlib.h>

namespace qanat::importer {
namespace {

constexpr std::size_t kChunk = std::size_t{64} * 1024;
constexpr int kGzipOnly = 15 + 16;
constexpr int kGzipOrZlib = 15 + 32;
constexpr int kBareDeflate = -15;

using Chunk = std::array<char, kChunk>;

Bytef* as_bytes(char* text) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): zlib's bytes are unsigned.
  return reinterpret_cast<Bytef*>(text);
}

}  // namespace

/// zlib's decoder. Not of this file alone: GzipReader's state, which is not, holds one.
class Inflater {
 public:
  explicit Inflater(int window) {
    if (inflateInit2(&stream_, window) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  [[nodiscard]] z_stream& stream() { return stream_; }

 private:
  z_stream stream_{};
};

namespace {

/// Nothing when it is damaged.
Result<std::string> inflated(std::string_view packed, int window, std::size_t longest) {
  Inflater inflater(window);
  std::string in(packed);
  z_stream& stream = inflater.stream();
  stream.next_in = as_bytes(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  std::string out;
  Chunk chunk{};
  for (int code = Z_OK; code != Z_STREAM_END;) {
    stream.next_out = as_bytes(chunk.data());
    stream.avail_out = kChunk;
    code = inflate(&stream, Z_NO_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END) return fail(Errc::usage, "damaged compressed data");
    out.append(chunk.data(), kChunk - stream.avail_out);
    if (out.size() > longest) return fail(Errc::usage, "larger than a page can be when unpacked");
  }
  return out;
}

}  // namespace

struct GzipReader::State {
  explicit State(std::istream& source) : in(source) {}

  std::istream& in;
  Inflater inflater{kGzipOnly};
  Chunk packed{};
  bool gzip = false;
  bool started = false;
  bool member_open = false;  ///< its end was not seen yet
  bool output_full = false;  ///< by the last call of zlib
  std::string ready;         ///< unpacked
  std::size_t at = 0;        ///< of what is ready, the first byte that was not given yet

  /// More of the file; its first two bytes say whether it is gzip.
  std::size_t read_packed() {
    in.read(packed.data(), kChunk);
    const auto size = static_cast<std::size_t>(in.gcount());
    if (!started) gzip = size > 1 && packed[0] == '\x1f' && packed[1] == '\x8b';
    started = true;
    return size;
  }

  /// Gives zlib more of the file; what is not gzip is ready at once. False at the file's end.
  Result<bool> feed() {
    const std::size_t size = read_packed();
    if (size == 0 && member_open) return fail(Errc::usage, "the gzip data ends early");
    if (size == 0) return false;
    if (gzip) {
      inflater.stream().next_in = as_bytes(packed.data());
      inflater.stream().avail_in = static_cast<uInt>(size);
    } else {
      ready.append(packed.data(), size);
    }
    return true;
  }

  Result<void> inflate_some() {
    z_stream& stream = inflater.stream();
    Chunk out{};
    stream.next_out = as_bytes(out.data());
    stream.avail_out = kChunk;
    const int code = inflate(&stream, Z_NO_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
      return fail(Errc::usage, "damaged gzip data");
    }
    ready.append(out.data(), kChunk - stream.avail_out);
    output_full = stream.avail_out == 0;
    if (code == Z_OK) member_open = true;
    if (code == Z_STREAM_END) {
      member_open = false;
      inflateReset(&stream);
    }
    return {};
  }
};

GzipReader::GzipReader(std::istream& in) : state_(std::make_unique<State>(in)) {}
GzipReader::~GzipReader() = default;

/// Makes more bytes ready. False at the end.
Result<bool> GzipReader::fill() {
  State& state = *state_;
  state.ready.erase(0, state.at);
  state.at = 0;
  const std::size_t before = state.ready.size();
  while (state.ready.size() == before) {
    // What did not fit into the last output may wait inside of zlib without any input left.
    if (!state.output_full && state.inflater.stream().avail_in == 0) {
      auto fed = state.feed();
      if (!fed || !*fed || !state.gzip) return fed;
    }
    if (auto read = state.inflate_some(); !read) return fail(read.error());
  }
  return true;
}

Result<bool> GzipReader::line(std::string& out, std::size_t longest) {
  for (;;) {
    const std::size_t end = state_->ready.find('\n', state_->at);
    if (end != std::string::npos) {
      out.assign(state_->ready, state_->at, end - state_->at);
      if (out.ends_with('\r')) out.pop_back();
      state_->at = end + 1;
      return true;
    }
    if (state_->ready.size() - state_->at > longest) {
      return fail(Errc::usage, "a line that is too long");
    }
    const auto more = fill();
    if (!more) return fail(more.error());
    if (*more) continue;
    // The last line may lack its end.
    out = std::exchange(state_->ready, {});
    state_->at = 0;
    return !out.empty();
  }
}

Result<std::string> GzipReader::bytes(std::size_t size) {
  std::string out;
  while (out.size() < size) {
    if (state_->at == state_->ready.size()) {
      const auto more = fill();
      if (!more) return fail(more.error());
      if (!*more) return fail(Errc::usage, "the file ends inside a record");
    }
    const std::size_t taken = std::min(size - out.size(), state_->ready.size() - state_->at);
    out.append(state_->ready, state_->at, taken);
    state_->at += taken;
  }
  return out;
}

Result<void> GzipReader::skip(std::size_t size) {
  while (size > 0) {
    const std::size_t step = std::min(size, kChunk);
    if (auto left_out = bytes(step); !left_out) return fail(left_out.error());
    size -= step;
  }
  return {};
}

Result<std::string> unpacked(std::string_view packed, std::size_t longest) {
  auto out = inflated(packed, kGzipOrZlib, longest);
  // "deflate" means zlib's wrapper, but some servers leave it out.
  if (out) return out;
  auto bare = inflated(packed, kBareDeflate, longest);
  return bare ? bare : out;
}

}  // namespace qanat::importer
