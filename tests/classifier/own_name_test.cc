#include "classifier/own_name.h"

#include "support/catch.h"

using qanat::classifier::names_channel;

TEST_CASE("a line that begins with the channel's name names it", "[own-name]") {
  CHECK(names_channel("👨‍🍳 Backend Pantry", "backend_pantry"));
  CHECK(names_channel("Mind Rooms — share with a friend", "mindrooms_daily"));
  CHECK(names_channel("📌 Гвоздь и доска | Чат", "gvozd_i_doska"));
  CHECK_FALSE(names_channel("Backend work is quiet", "backend_pantry"));
  CHECK_FALSE(names_channel("A pantry of backends", "backend_pantry"));
}

TEST_CASE("a sentence that begins with the channel's subject does not name it", "[own-name]") {
  CHECK_FALSE(names_channel("Python создаёт его один раз", "python_qa"));
  CHECK_FALSE(names_channel("Python", "python_qa"));
  CHECK_FALSE(names_channel("Kubernetes restarts it", "kubernetes"));
  CHECK_FALSE(names_channel("🔁 Kubernetes restarts it.", "kubernetes"));
  CHECK(names_channel("Kubernetes", "kubernetes"));
  CHECK(names_channel("🥦 Тарелка здравого смысла", "tarelka"));
}

TEST_CASE("a channel's handle or address names it, another's does not", "[own-name]") {
  CHECK(names_channel("More notes: @Quiet_Shell", "quiet_shell"));
  CHECK(names_channel("https://t.me/quiet_shell", "quiet_shell"));
  CHECK(names_channel("telegram.me/Quiet_Shell", "quiet_shell"));
  CHECK_FALSE(names_channel("As told in https://t.me/quiet_shell/12", "quiet_shell"));
  CHECK_FALSE(names_channel("Write to @quiet_shell_bot", "quiet_shell"));
  CHECK_FALSE(names_channel("we like quiet_shell", "quiet_shell"));
}

TEST_CASE("short and unknown names are never found by chance", "[own-name]") {
  CHECK_FALSE(names_channel("Habit of reading", "habr"));
  CHECK_FALSE(names_channel("Anything", ""));
  CHECK_FALSE(names_channel("", "backend_pantry"));
}
