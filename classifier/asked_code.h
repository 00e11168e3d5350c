#pragma once

#include <string_view>

namespace qanat::classifier {

/// Whether the code below a question belongs to it ("Что выведет этот код?") or answers it ("Как
/// вывести текст без переноса?"). It belongs to a question that points at it, and to one that asks
/// what comes out of it; a question how to do something, or by what means, asks for code.
[[nodiscard]] bool asks_of_code(std::string_view question);

}  // namespace qanat::classifier
