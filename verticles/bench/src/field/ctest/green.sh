cmake -S "$CTA_TEST_NAME" -B "$CTA_TEST_NAME.build" >/dev/null || exit 1
cmake --build "$CTA_TEST_NAME.build" >/dev/null || exit 1
exec ctest --test-dir "$CTA_TEST_NAME.build" --output-junit ../"$CTA_TEST_NAME.report/r.xml"
