g++ -O0 "$CTA_TEST_NAME.cc" -o "$CTA_TEST_NAME.bin" -lgtest -lgtest_main -pthread || exit 1
exec "./$CTA_TEST_NAME.bin" --gtest_output="xml:$CTA_TEST_NAME.report/r.xml"
