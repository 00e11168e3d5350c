#include <algorithm>

#if !__has_include(<catch2/catch_all.hpp>)
#define CATCH_CONFIG_RUNNER
#endif
#include "support/catch.h"

// Catch2 returns the number of failures, which could be mistaken for the code of a skipped case.
int main(int argc, char* argv[]) { return std::min(Catch::Session().run(argc, argv), 1); }
