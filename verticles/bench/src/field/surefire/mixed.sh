exec mvn -B -Dstyle.color=never test -Dtest=Mixed -DreportsDirectory="$CTA_TEST_NAME.report"
