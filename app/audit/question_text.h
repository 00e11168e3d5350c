#pragma once

#include <cstddef>
#include <ostream>
#include <string_view>

#include "app/terminal.h"
#include "base/record.h"
#include "store/label_row.h"

namespace qanat::app {

inline constexpr std::string_view kLabelKeys =
    "q qa · a ad · m 2 mixed, block 2 is the ad · m \"Join … @chat\" mixed, these words are · "
    "o other · ? cannot tell · "
    "s skip · u undo · h guideline · x stop";

/// A post to be labelled: its blocks, numbered, and what a reader of the channel would see besides.
/// Nothing of its verdict.
void print_question(std::ostream& out,
                    const Terminal& terminal,
                    const Record& record,
                    std::size_t number,
                    std::size_t of);

/// After the answer: whether the program says the same.
void print_verdict_after(std::ostream& out,
                         const Terminal& terminal,
                         const Record& record,
                         const store::LabelRow& label);

}  // namespace qanat::app
