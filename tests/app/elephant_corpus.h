#pragma once

#include <string>

#include "program.h"

namespace qanat::test {

/// A line of a labelled file.
[[nodiscard]] std::string labelled_line(const std::string& id,
                                        const std::string& channel,
                                        const std::string& text,
                                        const std::string& label);

/// Rules for three words as the program's `packs`, and a corpus in which elephants advertise in
/// every channel, a horse once, and nobody says unicorn. Gives the corpus's path.
std::string write_elephant_corpus(Program& program);

}  // namespace qanat::test
