#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qanat::exporting::parquet {

/// Writes structs in Thrift's compact protocol, in which Parquet keeps its headers and its footer.
/// Field ids rise within a struct; the caller closes what it opens.
class ThriftWriter {
 public:
  void i16(int id, std::int16_t value);
  void i32(int id, std::int32_t value);
  void i64(int id, std::int64_t value);
  void boolean(int id, bool value);
  void binary(int id, std::string_view value);

  void begin_struct(int id);
  void end_struct();
  /// A struct without members, as unions of kinds use them.
  void empty_struct(int id);

  // A list's elements follow its beginning, as many as it says.
  void begin_i32_list(int id, std::size_t size);
  void element(std::int32_t value);
  void begin_binary_list(int id, std::size_t size);
  void element(std::string_view value);
  void begin_struct_list(int id, std::size_t size);
  void begin_element();  ///< ends with end_struct()

  /// The outermost struct, which is closed by it.
  [[nodiscard]] std::string finish() &&;

 private:
  void header(int id, int type);
  void list_header(int id, int type, std::size_t size);
  void varint(std::uint64_t value);
  void signed_varint(std::int64_t value);
  void bytes(std::string_view value);

  std::string out_;
  std::vector<int> last_ids_ = {0};  ///< of each open struct
};

}  // namespace qanat::exporting::parquet
