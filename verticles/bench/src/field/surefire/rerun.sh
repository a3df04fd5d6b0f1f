exec mvn -B -Dstyle.color=never test -Dtest=Rerun -Dsurefire.rerunFailingTestsCount=2 -DreportsDirectory="$CTA_TEST_NAME.report"
