#include <gtest/gtest.h>

TEST(Crash, A) {}
TEST(Crash, B) { *static_cast<volatile int*>(nullptr) = 1; }
