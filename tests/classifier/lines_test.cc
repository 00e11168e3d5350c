#include "classifier/lines.h"

#include <string_view>
#include <vector>

#include "support/catch.h"

using namespace qanat::classifier;

namespace {

std::vector<LineKind> kinds_of(std::string_view text) {
  std::vector<LineKind> kinds;
  for (const Line& line : split_lines(text)) kinds.push_back(line.kind);
  return kinds;
}

bool is_code_line(std::string_view line) { return kinds_of(line) == std::vector{LineKind::code}; }

}  // namespace

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

TEST_CASE("code is known by each of its lines", "[lines]") {
  for (const auto* line : {// Python
                           "x = 5",
                           "total += price * count",
                           "name = \"Анна и её друзья\"",
                           "def add(a, b):",
                           "class User:",
                           "for item in items:",
                           "if x > 5 and y is not None:",
                           "while not done:",
                           "with open(\"a.txt\") as f:",
                           "except ValueError as e:",
                           "else:",
                           "print(x)  # выводит число",
                           "return result",
                           "import numpy as np",
                           "import os, sys",
                           "from collections import Counter",
                           "@property",
                           "squares = [n * n for n in numbers if n > 0]",
                           "secret = input(\"Секретное слово, затем пробел: \")",
                           "table = pd.read_csv(«winds.csv»)",
                           ">>> 1 + 1",
                           ">>> squares[2]()",
                           // JavaScript
                           "const total = items.reduce((a, b) => a + b, 0);",
                           "let x = 5;",
                           "function add(a, b) {",
                           "items.map(x => x * 2);",
                           "console.log(total);",
                           "import React from \"react\";",
                           "x -> x + 1",
                           "});",
                           // Go
                           "func main() {",
                           "func (s *Server) Run() error {",
                           "package main",
                           "x := 5",
                           "go func() { done <- true }()",
                           "fmt.Println(\"Hello to all of you\")",
                           // SQL
                           "SELECT name, age FROM users WHERE age > 18;",
                           "SELECT name",
                           "SELECT *",
                           "FROM users",
                           "FROM orders AS o",
                           "WHERE age > 18",
                           "INSERT INTO users VALUES (1, 'x');",
                           "DELETE FROM users;",
                           "DROP TABLE users;",
                           // C++, Rust, Java
                           "#include <vector>",
                           "int x = 5;",
                           "std::vector<int> numbers;",
                           "int main() {",
                           "ptr->next = nullptr;",
                           "using namespace std;",
                           "break;",
                           "fn main() {",
                           "let mut count = 0;",
                           "private final String name;",
                           "String name;",
                           "public class User {",
                           "public static void main(String[] args) {",
                           "protected void run() throws IOException {",
                           // shell
                           "$ ls -la",
                           "git commit -m \"fix the bug in our code\"",
                           "git push origin main",
                           "docker run -it ubuntu bash",
                           "docker build -t app .",
                           "pip install numpy pandas",
                           "npm run build",
                           "curl https://example.com/a.sh",
                           "sudo apt install nginx",
                           "apt-get source имя_пакета",
                           "kubectl get pods",
                           "go run main.go",
                           "go mod tidy",
                           "chmod +x run.sh",
                           "ssh user@host",
                           // files
                           "    name: test",
                           "    - run: pip install -r requirements.txt",
                           "FROM python:3.12-slim",
                           "FROM ubuntu",
                           "<div class=\"a\">",
                           "color: red;",
                           "margin: 0 auto;",
                           "a:hover {",
                           "\"name\": \"qanat\","}) {
    INFO(line);
    CHECK(is_code_line(line));
  }
}

TEST_CASE("prose that begins, or ends, like code is none", "[lines]") {
  for (const auto* line : {"go to our channel and subscribe, 50% off all courses until Friday: "
                           "https://example.com/sale",
                           "Go to our channel and subscribe, 50% off",
                           "Promo = 50% off",
                           "Promo = Summer sale",
                           "Promo = скидка 50% до пятницы",
                           "Price = $50",
                           "FROM THE TEAM: we have news",
                           "FROM RUSSIA WITH LOVE",
                           "private lessons with native speakers",
                           "Private lessons",
                           "private lessons of English;",
                           "We will teach you Python;",
                           "native speakers;",
                           "free lessons for beginners;",
                           "- free lessons;",
                           "Python;",
                           "if you need to change it, use a list:",
                           "for beginners:",
                           "for all students:",
                           "with love:",
                           "while stocks last:",
                           "Python -> job in 3 months",
                           "Python -> работа за 3 месяца",
                           "Settings -> Privacy -> Advanced",
                           "public speaking for engineers",
                           "import duties go up",
                           "SELECT YOUR COURSE NOW",
                           "WHERE TO START",
                           "function of the heart is to pump",
                           "git is a version control system",
                           "docker makes life easy",
                           "npm is the package manager",
                           "go get your bonus",
                           "go home",
                           "make sure you come",
                           "class A: our students pass",
                           "\"Clean Code\": the best book about code",
                           "\"Чистый код\": скидка 20% на книгу",
                           "package deal",
                           ">>> Подписаться",
                           ">>> join our channel and get your bonus",
                           "sudo is a command that runs others",
                           "curl can download files",
                           "std::vector против сырого массива, или Зачем платить за то, чего нет "
                           "в вашей программе",
                           "So k=i gives each of the functions a k that is its own",
                           "With := a condition may name what it has just computed, as the reader "
                           "of a file does:"}) {
    INFO(line);
    CHECK_FALSE(is_code_line(line));
  }
}

TEST_CASE("what may be prose is code beside code", "[lines]") {
  using enum LineKind;
  CHECK(kinds_of("SELECT *\nFROM Users u\nLEFT JOIN Orders\nGROUP BY city") ==
        std::vector{code, code, code, code});
  CHECK(kinds_of("FROM node:20\nWORKDIR app\nRUN make install") == std::vector{code, code, code});
  CHECK(kinds_of("return a + b\n}") == std::vector{code, code});

  CHECK(kinds_of("private lessons\nnative speakers;\nlessons of English;") ==
        std::vector{words, words, words});
  CHECK(kinds_of("private lessons\n\nx = 5") == std::vector{words, blank, code});
  CHECK(kinds_of("x = 5\ngo to our channel and subscribe") == std::vector{code, words});
}
