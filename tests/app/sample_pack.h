#pragma once

#include <string>

#include "program.h"

namespace qanat::test {

inline constexpr const char* kPack = R"(
[[rule]]
id       = "disc.label"
title    = "the word itself"
why      = "an advertisement has to be marked"
label    = "ad"
status   = "active"
in       = ["text"]
literals = ["на правах рекламы"]
weight   = { init = 6000, min = 0, max = 9000 }
match    = ['На правах рекламы']
no_match = ['Как отличить рекламу от статьи?']
)";

inline constexpr const char* kPackHead = R"(
id       = "test"
version  = "1.0.0"
schema   = 1
)";

/// A rule that an advertisement is told by one word.
inline std::string word_rule(const std::string& id, const std::string& word, int weight) {
  return "[[rule]]\nid = \"" + id + "\"\nlabel = \"ad\"\nliterals = [\"" + word +
         "\"]\nweight = { init = " + std::to_string(weight) +
         ", min = 0, max = 9000 }\nmatch = ['" + word + "']\nno_match = ['x']\n";
}

/// A program whose --rules folder is `packs`, with one rule that is certain.
inline void write_pack(Program& program) {
  program.write("qanat.toml", "[rules]\ndir = 'packs'\n");
  program.write("packs/pack.toml", kPackHead);
  program.write("packs/10-disclosure.toml", kPack);
}

}  // namespace qanat::test
