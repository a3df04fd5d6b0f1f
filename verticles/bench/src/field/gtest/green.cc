#include <gtest/gtest.h>

TEST(Green, A) {}
TEST(Green, B) {}
