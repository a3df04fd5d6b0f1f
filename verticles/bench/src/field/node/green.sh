mkdir "$CTA_TEST_NAME.report"
exec node --test --test-reporter=junit --test-reporter-destination="$CTA_TEST_NAME.report/r.xml" \
  --test-reporter=tap --test-reporter-destination=stdout "$CTA_TEST_NAME.test.mjs"
