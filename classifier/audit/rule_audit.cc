#include "classifier/audit/rule_audit.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "classifier/explain.h"
#include "classifier/reweighing.h"
#include "classifier/score.h"

namespace qanat::classifier {
namespace {

/// A block or a whole post, its rules and what people say of it.
struct UnitRow {
  std::size_t post = 0;
  BlockOutcome truth = BlockOutcome::keep;
  std::set<std::size_t> ad;
  std::set<std::size_t> qa;
  std::set<std::size_t> other;   ///< signature, boilerplate, knowledge
  std::set<std::size_t> shadow;  ///< of any label: they count for nothing

  [[nodiscard]] std::set<std::size_t> all() const {
    std::set<std::size_t> rules = ad;
    rules.insert(qa.begin(), qa.end());
    rules.insert(other.begin(), other.end());
    return rules;
  }
};

void add_rules(std::set<std::size_t>& rules, const std::vector<Counted>& hits) {
  for (const Counted& hit : hits) rules.insert(hit.rule);
}

void add_shadow(UnitRow& row,
                const std::vector<RuleMatch>& matches,
                std::span<const RuleInfo> rules) {
  for (const RuleMatch& match : matches) {
    const bool watches = !match.vetoed && rules[match.rule].status == RuleStatus::shadow;
    if (watches) row.shadow.insert(match.rule);
  }
}

UnitRow row_of(std::size_t post, const BlockEvidence& evidence, BlockOutcome truth) {
  UnitRow row{.post = post, .truth = truth, .ad = {}, .qa = {}, .other = {}, .shadow = {}};
  add_rules(row.ad, evidence.ad);
  add_rules(row.qa, evidence.qa);
  add_rules(row.other, evidence.signature);
  add_rules(row.other, evidence.boilerplate);
  add_rules(row.other, evidence.knowledge);
  return row;
}

std::vector<UnitRow> unit_rows(std::span<const ExaminedPost> posts,
                               std::span<const RuleInfo> rules) {
  std::vector<UnitRow> rows;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const PostEvidence& evidence = posts[i].found.evidence;
    for (std::size_t b = 0; b < evidence.blocks.size(); ++b) {
      rows.push_back(row_of(i, evidence.blocks[b], posts[i].truth[b]));
      add_shadow(rows.back(), posts[i].found.matches.blocks[b], rules);
    }
    const bool promotion = holds_promotion(posts[i].labelled.label);
    rows.push_back(row_of(i, evidence.whole, promotion ? BlockOutcome::ad : BlockOutcome::keep));
    add_shadow(rows.back(), posts[i].found.matches.whole, rules);
  }
  return rows;
}

bool is_right(RuleLabel label, BlockOutcome truth) {
  switch (label) {
    case RuleLabel::ad: return truth == BlockOutcome::ad;
    case RuleLabel::qa:
    case RuleLabel::knowledge: return truth != BlockOutcome::ad;
    case RuleLabel::signature: return truth == BlockOutcome::signature;
    case RuleLabel::boilerplate: return truth == BlockOutcome::boilerplate;
  }
  return false;
}

/// What an audit counts over posts, with and without a rule.
struct Tally {
  std::size_t right = 0;   ///< posts judged ad that are
  std::size_t judged = 0;  ///< posts judged ad
  std::size_t are = 0;     ///< posts that are ads

  void count(Label truth, Label judged_as, std::ptrdiff_t times) {
    const auto add = [times](std::size_t& value) {
      value = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(value) + times);
    };
    if (truth == Label::ad) add(are);
    if (judged_as == Label::ad) add(judged);
    if (truth == Label::ad && judged_as == Label::ad) add(right);
  }
  /// 2 × right / (judged + are), as F1 is.
  [[nodiscard]] double f1() const {
    const std::size_t sum = judged + are;
    return sum == 0 ? 0.0 : 2 * static_cast<double>(right) / static_cast<double>(sum);
  }
};

/// The audit of one set of rules.
class Audit {
 public:
  Audit(std::span<const ExaminedPost> posts, std::span<const RuleInfo> rules)
      : posts_(posts), rules_(rules), rows_(unit_rows(posts, rules)), audits_(rules.size()) {
    for (std::size_t rule = 0; rule < rules.size(); ++rule) audits_[rule].rule = rule;
    units_of_.resize(rules.size());
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      for (const std::size_t rule : rows_[row].all()) units_of_[rule].push_back(row);
      for (const std::size_t rule : rows_[row].shadow) units_of_[rule].push_back(row);
    }
    for (const ExaminedPost& post : posts_) {
      decisions_.push_back(decide(post.found.evidence, rules_));
      tally_.count(post.labelled.label, decisions_.back().label, 1);
    }
  }

  std::vector<RuleAudit> run() && {
    count_searches();
    for (RuleAudit& audit : audits_) {
      if (units_of_[audit.rule].empty()) continue;
      count_support(audit);
      count_right(audit);
      count_company(audit);
      leave_out(audit);
    }
    return std::move(audits_);
  }

 private:
  [[nodiscard]] RuleLabel label_of(std::size_t rule) const { return rules_[rule].label; }

  [[nodiscard]] std::set<std::size_t> posts_of(std::size_t rule) const {
    std::set<std::size_t> posts;
    for (const std::size_t row : units_of_[rule]) posts.insert(rows_[row].post);
    return posts;
  }

  void count_searches() {
    std::size_t all = 0;
    for (const ExaminedPost& post : posts_) {
      const std::vector<std::uint32_t>& searches = post.found.matches.searches;
      for (std::size_t rule = 0; rule < searches.size(); ++rule) {
        audits_[rule].searches += searches[rule];
        all += searches[rule];
      }
    }
    for (RuleAudit& audit : audits_) {
      if (all > 0)
        audit.search_share = static_cast<double>(audit.searches) / static_cast<double>(all);
    }
  }

  void count_support(RuleAudit& audit) const {
    audit.units = units_of_[audit.rule].size();
    std::map<std::string, std::size_t> channels;
    for (const std::size_t post : posts_of(audit.rule)) {
      ++audit.posts;
      ++channels[posts_[post].labelled.channel];
    }
    audit.channels = channels.size();
    const auto top =
        std::ranges::max_element(channels, {}, [](const auto& channel) { return channel.second; });
    audit.top_channel = top->first;
    audit.top_share = static_cast<double>(top->second) / static_cast<double>(audit.posts);
  }

  void count_right(RuleAudit& audit) const {
    const RuleLabel label = label_of(audit.rule);
    const auto right = static_cast<std::size_t>(std::ranges::count_if(
        units_of_[audit.rule], [&](std::size_t row) { return is_right(label, rows_[row].truth); }));
    const auto of_kind = static_cast<std::size_t>(std::ranges::count_if(
        rows_, [&](const UnitRow& row) { return is_right(label, row.truth); }));
    audit.precision = wilson(right, audit.units);
    const double rate = wilson(right, of_kind).value;
    const double wrong_rate = wilson(audit.units - right, rows_.size() - of_kind).value;
    audit.s_o = rate / (rate + wrong_rate);
  }

  /// Adds the other rules of its label that hit the unit; returns how many.
  std::size_t count_companions(const UnitRow& row,
                               std::size_t rule,
                               std::map<std::size_t, std::size_t>& beside) const {
    std::size_t companions = 0;
    for (const std::size_t other : row.all()) {
      if (other == rule || label_of(other) != label_of(rule)) continue;
      ++companions;
      ++beside[other];
    }
    return companions;
  }

  /// Which rules of the same label speak beside it, and which against it.
  void count_company(RuleAudit& audit) const {
    const RuleLabel label = label_of(audit.rule);
    std::map<std::size_t, std::size_t> beside;
    for (const std::size_t index : units_of_[audit.rule]) {
      const UnitRow& row = rows_[index];
      audit.unique += count_companions(row, audit.rule, beside) == 0 ? 1 : 0;
      const bool weighs = label == RuleLabel::ad || label == RuleLabel::qa;
      if (!weighs || row.ad.empty() || row.qa.empty()) continue;
      ++audit.conflicts;
      audit.conflicts_won += is_right(label, row.truth) ? 1 : 0;
    }
    const auto most =
        std::ranges::max_element(beside, {}, [](const auto& each) { return each.second; });
    if (most == beside.end()) return;
    audit.overlap = {
        .rule = most->first,
        .containment = static_cast<double>(most->second) / static_cast<double>(audit.units)};
  }

  [[nodiscard]] bool is_shadow(std::size_t rule) const {
    return rules_[rule].status == RuleStatus::shadow;
  }

  [[nodiscard]] Decision decided_without(std::size_t rule, const PostEvidence& evidence) const {
    const std::array left_out{rule};
    const auto others = recounted(evidence, rules_, left_out);
    return decide(others ? *others : evidence, rules_, left_out);
  }

  /// As if the shadow rule were active; what composites make of it stays out.
  [[nodiscard]] Decision decided_with(std::size_t rule, const ExaminedPost& post) const {
    PostEvidence evidence = post.found.evidence;
    const auto add = [&](BlockEvidence& unit, const std::vector<RuleMatch>& matches) {
      for (const RuleMatch& match : matches) {
        if (match.rule == rule && !match.vetoed) add_evidence(unit, match, rules_);
      }
    };
    for (std::size_t b = 0; b < evidence.blocks.size(); ++b) {
      add(evidence.blocks[b], post.found.matches.blocks[b]);
    }
    add(evidence.whole, post.found.matches.whole);
    const auto as_found = [](std::size_t, std::int32_t alone) { return alone; };
    return decide(reweighed(evidence, rules_, as_found), rules_);
  }

  /// What it does to one post, `with` it and `without`.
  static void weigh(RuleAudit& audit,
                    const ExaminedPost& post,
                    const Decision& with,
                    const Decision& without) {
    for (std::size_t b = 0; b < with.blocks.size(); ++b) {
      audit.decisive += with.blocks[b].outcome == without.blocks[b].outcome ? 0 : 1;
    }
    if (post.labelled.label != Label::qa) return;
    const bool lost = with.outcome == Outcome::ad_only;
    const bool lost_without = without.outcome == Outcome::ad_only;
    audit.qa_saved += !lost && lost_without ? 1 : 0;
    audit.qa_lost += lost && !lost_without ? 1 : 0;
  }

  /// What the posts that it hits are with it, and would be without; of a shadow rule, what they
  /// would be with it.
  void leave_out(RuleAudit& audit) const {
    Tally with_all = tally_;
    Tally without_it = tally_;
    const bool shadow = is_shadow(audit.rule);
    for (const std::size_t index : posts_of(audit.rule)) {
      const ExaminedPost& post = posts_[index];
      const Decision& now = decisions_[index];
      const Decision other = shadow ? decided_with(audit.rule, post)
                                    : decided_without(audit.rule, post.found.evidence);
      weigh(audit, post, shadow ? other : now, shadow ? now : other);
      Tally& changed = shadow ? with_all : without_it;
      changed.count(post.labelled.label, now.label, -1);
      changed.count(post.labelled.label, other.label, 1);
    }
    audit.ad_f1_loss = with_all.f1() - without_it.f1();
  }

  std::span<const ExaminedPost> posts_;
  std::span<const RuleInfo> rules_;
  std::vector<UnitRow> rows_;
  std::vector<RuleAudit> audits_;
  std::vector<std::vector<std::size_t>> units_of_;  ///< by rule: indices into rows_
  std::vector<Decision> decisions_;                 ///< by post
  Tally tally_;
};

}  // namespace

std::vector<RuleAudit> audit_rules(std::span<const ExaminedPost> posts, const Classifier& judge) {
  return Audit(posts, judge.rules().rules()).run();
}

std::vector<std::int32_t> weights_of_widespread(std::span<const RuleAudit> audits,
                                                std::span<const RuleInfo> rules,
                                                std::size_t min_channels) {
  std::vector<std::int32_t> weights = weights_of(rules);
  for (const RuleAudit& audit : audits) {
    if (audit.channels < min_channels) weights[audit.rule] = 0;
  }
  return weights;
}

}  // namespace qanat::classifier
