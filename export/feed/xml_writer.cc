#include "export/feed/xml_writer.h"

#include <new>

#include <libxml/xmlwriter.h>

namespace qanat::exporting {
namespace {

const xmlChar* as_xml(const char* text) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): libxml2's char is unsigned.
  return reinterpret_cast<const xmlChar*>(text);
}

/// Everything goes to memory, so there is no other cause.
void check(int written) {
  if (written < 0) throw std::bad_alloc();
}

}  // namespace

void XmlWriter::FreeBuffer::operator()(_xmlBuffer* buffer) const noexcept { xmlBufferFree(buffer); }
void XmlWriter::FreeWriter::operator()(_xmlTextWriter* writer) const noexcept {
  xmlFreeTextWriter(writer);
}

XmlWriter::XmlWriter()
    : buffer_(xmlBufferCreate()), writer_(xmlNewTextWriterMemory(buffer_.get(), 0)) {
  if (!buffer_ || !writer_) throw std::bad_alloc();
  check(xmlTextWriterSetIndent(writer_.get(), 1));
  check(xmlTextWriterStartDocument(writer_.get(), "1.0", "UTF-8", nullptr));
}

XmlWriter::~XmlWriter() = default;

XmlWriter& XmlWriter::start(const char* name) {
  check(xmlTextWriterStartElement(writer_.get(), as_xml(name)));
  return *this;
}

XmlWriter& XmlWriter::attribute(const char* name, const std::string& value) {
  check(xmlTextWriterWriteAttribute(writer_.get(), as_xml(name), as_xml(value.c_str())));
  return *this;
}

XmlWriter& XmlWriter::text(const std::string& value) {
  check(xmlTextWriterWriteString(writer_.get(), as_xml(value.c_str())));
  return *this;
}

XmlWriter& XmlWriter::end() {
  check(xmlTextWriterEndElement(writer_.get()));
  return *this;
}

XmlWriter& XmlWriter::element(const char* name, const std::string& value) {
  return start(name).text(value).end();
}

std::string XmlWriter::take() {
  check(xmlTextWriterFlush(writer_.get()));
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): libxml2's char is unsigned.
  std::string out(reinterpret_cast<const char*>(xmlBufferContent(buffer_.get())),
                  static_cast<std::size_t>(xmlBufferLength(buffer_.get())));
  xmlBufferEmpty(buffer_.get());
  return out;
}

}  // namespace qanat::exporting
