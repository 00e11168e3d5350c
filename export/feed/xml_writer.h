#pragma once

#include <memory>
#include <string>

// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming): libxml2's own names
struct _xmlBuffer;
struct _xmlTextWriter;
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)

namespace qanat::exporting {

/// XML 1.0 in UTF-8, piece by piece; libxml2 escapes. Names are ours; texts hold no control
/// characters (without_controls).
class XmlWriter {
 public:
  XmlWriter();
  ~XmlWriter();
  XmlWriter(const XmlWriter&) = delete;
  XmlWriter& operator=(const XmlWriter&) = delete;

  XmlWriter& start(const char* name);
  XmlWriter& attribute(const char* name, const std::string& value);
  XmlWriter& text(const std::string& value);
  XmlWriter& end();
  /// An element that holds only text.
  XmlWriter& element(const char* name, const std::string& value);

  /// What was written since the last call.
  [[nodiscard]] std::string take();

 private:
  struct FreeBuffer {
    void operator()(_xmlBuffer* buffer) const noexcept;
  };
  struct FreeWriter {
    void operator()(_xmlTextWriter* writer) const noexcept;
  };
  std::unique_ptr<_xmlBuffer, FreeBuffer> buffer_;
  std::unique_ptr<_xmlTextWriter, FreeWriter> writer_;  ///< writes into the buffer: goes first
};

}  // namespace qanat::exporting
