#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/post.h"
#include "classifier/rule_set.h"

/// What is classified in benchmarks: texts, and packs of rules.
namespace qanat::bench {

/// Posts of a JSONL file ({"text": …, "links": [url…]} a line), each text once. Ends the program
/// when the file cannot be read.
[[nodiscard]] std::vector<Post> posts_of_file(const std::string& path);

/// `count` invented posts of 1 to 2 kB, no two alike.
[[nodiscard]] std::vector<Post> invented_posts(std::size_t count);

/// Russian posts of 1 to 2 kB among them.
[[nodiscard]] std::vector<Post> russian_posts(std::vector<Post> posts);

/// The packs that qanat ships, and as many invented rules more as make `rules` rules in all; none
/// when 0.
[[nodiscard]] std::vector<classifier::PackFile> packs(std::size_t rules);

}  // namespace qanat::bench
