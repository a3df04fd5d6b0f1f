#include <gtest/gtest.h>

TEST(Mixed, IsOk) {}
TEST(Mixed, Fails) { EXPECT_STREQ("]]>", "\x1b[31m<b>"); EXPECT_EQ(1, 2); }
TEST(Mixed, IsSkipped) { GTEST_SKIP() << "not today"; }
TEST(Mixed, DISABLED_Never) { FAIL(); }
class Numbers : public testing::TestWithParam<int> {};
TEST_P(Numbers, AreNotTwo) { EXPECT_NE(GetParam(), 2); }
INSTANTIATE_TEST_SUITE_P(Some, Numbers, testing::Values(1, 2, 3));
