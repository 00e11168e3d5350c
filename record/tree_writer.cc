#include "record/tree_writer.h"

#include <utility>

namespace qanat::record {

void TreeWriter::begin_object(std::size_t members) {
  Json::object_t object;
  object.reserve(members);  // growing would copy each member
  open_.emplace_back(std::move(object));
}

void TreeWriter::put(Json value) {
  if (open_.empty()) {
    root_ = std::move(value);
  } else if (Json& container = open_.back(); container.is_array()) {
    container.push_back(std::move(value));
  } else {
    // By no search for the key, which an assignment would make.
    container.get_ref<Json::object_t&>().emplace_back(std::move(keys_.back()), std::move(value));
    keys_.pop_back();
  }
}

void TreeWriter::close() {
  Json value = std::move(open_.back());
  open_.pop_back();
  put(std::move(value));
}

}  // namespace qanat::record
