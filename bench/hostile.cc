// What pages made to hurt cost: time and memory over size, each in a process of its own.
//
//   bench_hostile [SIZE_IN_KIB…]      default: 256 1024 4096 8192
//
// "refused" is an answer too: the parser named a limit. Memory is what the process had at its peak
// beyond what it held before, over the page's size; time is over the page's size as well, so a
// column that stays level is linear.

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "parser/page.h"

namespace {

struct Attack {
  const char* name;
  std::string_view head;
  std::function<std::string(std::size_t)> piece;  ///< the n-th
  std::string_view tail;
};

std::string number(std::size_t n) { return std::to_string(n); }

std::function<std::string(std::size_t)> always(std::string text) {
  return [text = std::move(text)](std::size_t) { return text; };
}

std::vector<Attack> attacks() {
  constexpr std::string_view kMessage =
      "<div class=\"tgme_widget_message\" data-post=\"a_channel/1\">"
      "<a class=\"tgme_widget_message_date\"></a>"  // without it, the post is one cut short
      "<div class=\"tgme_widget_message_text js-message_text\">";
  return {
      {"unclosed <div>", "", always("<div>"), ""},
      {"unclosed <p>", "", always("<p>"), ""},
      {"closed <b>", kMessage, always("<b>x</b>"), ""},
      {"<br>", kMessage, always("<br>"), ""},
      {"text alone", kMessage, always("слово "), ""},
      {"character references", kMessage, always("&amp;&#33;&CounterClockwiseContourIntegral;"), ""},
      {"one attribute of the page's size", "<p title=\"", always("x"), "\">"},
      {"one href of the page's size", "<a href=\"", always("&amp;"), "\">"},
      {"a million attributes", "<p ", always("a "), ">"},
      {"255 attributes a tag, again and again",
       "",
       [](std::size_t n) { return (n % 255 == 0 ? "><p" : "") + (" a" + number(n)); },
       ">"},
      {"<a> in <a>", kMessage, always("<a href=x>"), ""},
      {"one long address opened anew",
       kMessage,
       [](std::size_t n) {
         if (n == 0) return "<p><a href=\"//a.example/" + std::string(25'000, 'x') + "\">";
         return std::string{n <= 290 ? "</p><p>x" : "y"};
       },
       ""},
      {"adoption agency", "", always("<b><p>x</b></p>"), ""},
      {"adoption agency, deep", "", always("<a href=x><div><div><div></a>x</div></div></div>"), ""},
      {"formatting opened anew", "<p><font color=1><font color=2><b><i><u><s>", always("<p>x"), ""},
      {"formatting with other attributes",
       "",
       [](std::size_t n) { return "<font class=" + number(n) + "><p>x</p>"; },
       ""},
      {"foster parenting", "<table>", always("<b>x</b>"), ""},
      {"foster parenting, text between", "<table>", always("x<tr><td>y</td></tr>"), ""},
      {"tables in tables", "", always("<table><tr><td>"), ""},
      {"<svg> nests", "", always("<svg><g>"), ""},
      {"<math> nests", "", always("<math><mi>"), ""},
      {"<svg> never closed", "", always("<svg><b>x</b>"), ""},
      {"<svg> with classes", kMessage, always("<svg class=tgme_new>"), ""},
      {"lists", "", always("<ul><li>x<li>y</ul>"), ""},
      {"comments", "", always("<!--a--!>"), "<p>"},
      {"comments never closed", "<p>", always("<!--"), ""},
      {"scripts never closed", "<p>", always("<script>"), ""},
      {"end tags of nothing", "<p>", always("</span></b></div>"), ""},
      {"'<' alone", "<p>", always("<"), ""},
      {"plain elements that do not end",
       "",
       always("<div class=\"tgme_widget_message_user\">"),
       ""},
      {"messages without posts", "", always("<div class=\"tgme_widget_message\">x</div>"), ""},
      {"reactions", kMessage, always("<span class=\"tgme_reaction\">1</span>"), ""},
      {"custom emoji", kMessage, always("<tg-emoji emoji-id=1>x</tg-emoji>"), ""},
      {"hashtags", kMessage, always("<a href=\"?q=%23x\">#x</a>"), ""},
      {"nested quotes", kMessage, always("<blockquote>x"), ""},
      {"unknown classes",
       kMessage,
       [](std::size_t n) { return "<b class=tgme_" + number(n) + ">x</b>"; },
       ""},
      {"an answer to the page's script", "\"", always("\\u003cp>x"), "\""},
      {"bytes that are no UTF-8", "<p>", always("\xff\xfe<b>\xc0"), ""},
  };
}

std::string page_of(const Attack& attack, std::size_t bytes) {
  std::string page{attack.head};
  page.reserve(bytes + 256);
  for (std::size_t n = 0; page.size() + attack.tail.size() < bytes; ++n) page += attack.piece(n);
  return page.append(attack.tail);
}

/// Kilobytes; "VmHWM" is the peak, "VmRSS" what is held now.
long memory(std::string_view field) {
  std::ifstream status{"/proc/self/status"};
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(field)) return std::strtol(line.c_str() + field.size() + 1, nullptr, 10);
  return 0;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Prints one row. Runs in a process of its own.
void measure(const Attack& attack, std::size_t bytes) {
  const std::string page = page_of(attack, bytes);
  const long before = memory("VmRSS");
  const double begin = cpu_seconds();
  const auto read = qanat::parser::parse_page(page);
  const double seconds = cpu_seconds() - begin;
  const double extra = static_cast<double>(memory("VmHWM") - before) * 1024;
  const auto size = static_cast<double>(page.size());
  std::printf("%-40s %8zu %9.1f %8.1f %6.1f  %.60s\n",
              attack.name,
              page.size() / 1024,
              seconds * 1e3,
              seconds * 1e9 / size,
              extra / size,
              read ? "read" : read.error().message.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::size_t> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(std::strtoul(argv[i], nullptr, 10));
  if (sizes.empty()) sizes = {256, 1024, 4096, 8191};
  std::printf("%-40s %8s %9s %8s %6s\n", "page", "KiB", "ms", "ns/byte", "x size");
  for (const Attack& attack : attacks()) {
    for (const std::size_t size : sizes) {
      std::fflush(stdout);
      const pid_t child = fork();
      if (child == 0) {
        measure(attack, size * 1024);
        std::fflush(stdout);
        _exit(0);
      }
      int status = 0;
      waitpid(child, &status, 0);
      if (status != 0) std::printf("%-40s %8zu died with status %d\n", attack.name, size, status);
    }
  }
  return 0;
}
