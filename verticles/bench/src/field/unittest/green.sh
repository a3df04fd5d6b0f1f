exec "$TOOLS/python/bin/python" -m xmlrunner -o "$CTA_TEST_NAME.report" "$CTA_TEST_NAME"_cases
