#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// A JSON value written piece by piece, so that a line of text is written without a tree of values
/// in between. The bytes follow from what is written, wherever it goes.
namespace qanat::record {

/// Where it goes. An object's members are each a key(), then a value; containers are closed in the
/// order in which they were opened. One thread.
class JsonWriter {
 public:
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;
  virtual ~JsonWriter() = default;

  /// `members`: how many follow, or more.
  virtual void begin_object(std::size_t members) = 0;
  virtual void end_object() = 0;
  virtual void begin_list() = 0;
  virtual void end_list() = 0;
  /// Valid UTF-8. No key comes twice in an object.
  virtual void key(std::string_view name) = 0;

  virtual void null() = 0;
  virtual void boolean(bool value) = 0;
  virtual void integer(std::int64_t value) = 0;
  virtual void number(double value) = 0;
  virtual void text(std::string_view value) = 0;

 protected:
  JsonWriter() = default;
};

inline void write(JsonWriter& out, std::string_view value) { out.text(value); }

template <std::integral T>
void write(JsonWriter& out, T value) {
  if constexpr (std::same_as<T, bool>) {
    out.boolean(value);
  } else {
    out.integer(static_cast<std::int64_t>(value));
  }
}

inline void write(JsonWriter& out, std::floating_point auto value) { out.number(value); }

/// A value that writes itself.
void write(JsonWriter& out, const std::invocable<JsonWriter&> auto& value) { value(out); }

/// null for nothing.
template <class T>
void write(JsonWriter& out, const std::optional<T>& value) {
  if (value) {
    write(out, *value);
  } else {
    out.null();
  }
}

template <class T>
void write(JsonWriter& out, const std::vector<T>& values) {
  out.begin_list();
  for (const T& value : values) write(out, value);
  out.end_list();
}

/// An object, from its making to its end.
class Object {
 public:
  explicit Object(JsonWriter& out, std::size_t count = kUsualCount) : out_(&out) {
    out_->begin_object(count);
  }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  ~Object() { out_->end_object(); }

  template <class T>
  Object& add(std::string_view key, const T& value) {
    out_->key(key);
    write(*out_, value);
    return *this;
  }

 private:
  static constexpr std::size_t kUsualCount = 8;

  JsonWriter* out_;
};

}  // namespace qanat::record
