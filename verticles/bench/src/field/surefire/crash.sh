exec mvn -B -Dstyle.color=never test -Dtest=Crash -DreportsDirectory="$CTA_TEST_NAME.report"
