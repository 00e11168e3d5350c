#include "classifier/key_index.h"

#include <algorithm>
#include <tuple>

namespace qanat::classifier {

void KeyIndex::compile() {
  std::ranges::sort(uses_, {}, [](const Use& use) { return std::tie(use.key, use.pattern); });
  std::vector<std::string> keys;
  for (Use& use : uses_) {
    if (keys.empty() || keys.back() != use.key) {
      keys.push_back(std::move(use.key));
      first_use_.back() = patterns_.size();
      first_use_.push_back(0);
    }
    patterns_.push_back(use.pattern);
  }
  first_use_.back() = patterns_.size();
  uses_.clear();
  uses_.shrink_to_fit();
  tree_ = LiteralTree(keys);
}

}  // namespace qanat::classifier
