exec mvn -B -Dstyle.color=never test -Dtest=Green -DreportsDirectory="$CTA_TEST_NAME.report"
