#include "elephant_corpus.h"

#include <nlohmann/json.hpp>

#include "sample_pack.h"

namespace qanat::test {

std::string labelled_line(const std::string& id,
                          const std::string& channel,
                          const std::string& text,
                          const std::string& label) {
  return nlohmann::json{
             {"id", id}, {"channel", channel}, {"text", text}, {"lang", "en"}, {"label", label}}
             .dump() +
         "\n";
}

std::string write_elephant_corpus(Program& program) {
  program.write("qanat.toml", "[rules]\ndir = 'packs'\n");
  program.write("packs/pack.toml", kPackHead);
  program.write("packs/rules.toml",
                word_rule("ad.elephant", "elephant", 1200) + word_rule("ad.horse", "horse", 3000) +
                    word_rule("ad.unicorn", "unicorn", 500));
  std::string corpus;
  for (const std::string channel : {"one", "two", "three", "four"}) {
    for (const std::string more : {"a", "b", "c"}) {
      corpus += labelled_line(channel + more, channel, "elephant " + more + channel, "ad");
      corpus += labelled_line(channel + more + "2", channel, "plain " + more + channel, "other");
    }
  }
  corpus += labelled_line("h", "one", "horse", "ad");
  return program.write("labelled.jsonl", corpus);
}

}  // namespace qanat::test
