#include "classifier/lines.h"

#include "support/catch.h"

using namespace qanat::classifier;

TEST_CASE("a line of hashtags holds no other words, whatever their names are", "[lines]") {
  for (const auto* tags : {"#sql",
                           "#sql #вопрос",
                           "#c++ #c# #node.js #ci/cd",
                           "#sql, #вопрос",
                           "🔥 #sql 🔥",
                           "#python3#вопрос",
                           "#1"}) {
    INFO(tags);
    CHECK(is_tags_only(tags));
  }
  for (const auto* other : {"",
                            "———",
                            "#",
                            "# Заголовок",
                            "#sql и #вопрос",
                            "#вопрос: что такое GIL",
                            "#Зачем_нужен_GIL?",
                            "#define MAX 10",
                            "#!/bin/sh"}) {
    INFO(other);
    CHECK_FALSE(is_tags_only(other));
  }
}

TEST_CASE("tags before the words of a line are told from what code and lists begin with",
          "[lines]") {
  CHECK(without_leading_tags("#вопрос Что такое GIL?") == "Что такое GIL?");
  CHECK(without_leading_tags("#c++ #stl Что выведет код?") == "Что выведет код?");
  for (const auto* other :
       {"#define MAX 10", "# Заголовок", "#1. Первый", "#зачем? Затем", "#sql"}) {
    INFO(other);
    CHECK(without_leading_tags(other) == other);
  }
}
