#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "classifier/evaluation.h"

/// Slips in labelled posts that are read without an error: figures would be wrong, and say nothing.
namespace qanat::app {

/// Keys of a labelled post.
inline constexpr std::array<std::string_view, 8> kLabelledPostKeys{
    "id", "channel", "text", "links", "lang", "label", "spans", "ambiguous"};

/// What is odd about a label, a sentence each: it contradicts its spans, they overlap, no post has
/// its language, a key is nearly one of kLabelledPostKeys. Other keys are the file's own.
[[nodiscard]] std::vector<std::string> doubts_about(const nlohmann::json& object,
                                                    const classifier::LabelledPost& label);

/// The same of a golden post.
inline constexpr std::array<std::string_view, 10> kGoldenKeys{"id",
                                                              "channel",
                                                              "text",
                                                              "links",
                                                              "lang",
                                                              "label",
                                                              "spans",
                                                              "ambiguous",
                                                              "outcome",
                                                              "known_miss"};

/// "`lable` is no key that is read; did you mean `label`?" for each key that is not in `known`, but
/// a letter or two from one that is, and from one that the object lacks.
[[nodiscard]] std::vector<std::string> misspelt_keys(const nlohmann::json& object,
                                                     std::span<const std::string_view> known);

}  // namespace qanat::app
