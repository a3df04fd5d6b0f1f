exec "$TOOLS/python/bin/pytest" -p no:cacheprovider --junit-xml="$CTA_TEST_NAME.report/r.xml" -n 2 mixed
