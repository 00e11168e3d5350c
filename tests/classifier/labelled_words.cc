#include "labelled_words.h"

#include <algorithm>

#include "classifier/plain_post.h"

namespace qanat::test {

using classifier::Classifier;
using classifier::RuleInfo;

std::string word_rule(const std::string& label, const std::string& word, int weight) {
  const bool protects = label == "qa";
  std::string rule = "[[rule]]\nid = \"" + label + "." + word + "\"\nlabel = \"" + label + "\"\n";
  rule += "literals = ['" + word + "']\nmatch = ['" + word + "']\nno_match = ['x']\n";
  rule += "weight = { init = " + std::to_string(weight) + ", min = " + (protects ? "-9000" : "0") +
          ", max = " + (protects ? "0" : "9000") + " }\n";
  return rule;
}

classifier::ExaminedPost examined(const Classifier& judge,
                                  const std::string& channel,
                                  const std::string& text,
                                  Label label) {
  const Post post = classifier::post_from_text(*ChannelName::parse("some_channel"), 1, text, {});
  return classifier::examine_labelled(
      judge,
      post,
      {.id = text, .channel = channel, .lang = "en", .text = text, .label = label, .spans = {}});
}

std::size_t index_of(const Classifier& judge, const std::string& id) {
  const auto& rules = judge.rules().rules();
  return static_cast<std::size_t>(std::ranges::find(rules, id, &RuleInfo::id) - rules.begin());
}

}  // namespace qanat::test
