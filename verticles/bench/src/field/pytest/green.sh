exec "$TOOLS/python/bin/pytest" -p no:cacheprovider --junit-xml="$CTA_TEST_NAME.report/r.xml" green
