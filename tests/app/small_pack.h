#pragma once

#include <vector>

#include "classifier/rule_set.h"

namespace qanat::test {

/// One rule: these tests are about runs, not about ads.
[[nodiscard]] inline std::vector<classifier::PackFile> small_pack() {
  return {{"pack.toml",
           "id = 'test'\nversion = '1.0.0'\nschema = 1\nrequires_engine = 1\nlanguages = []\n"
           "licence = 'MIT'\n"},
          {"10-rules.toml",
           "[[rule]]\nid = 'test.buy'\ntitle = 'buy'\nwhy = 'a test'\nlabel = 'ad'\n"
           "status = 'active'\nin = ['text']\nliterals = ['buy now']\n"
           "weight = { init = 3000, min = 0, max = 6000 }\n"
           "match = ['buy now']\nno_match = ['goodbye']\n"}};
}

}  // namespace qanat::test
