ln -sfn "$TOOLS/vitest/node_modules" node_modules
export NO_COLOR=1
exec node_modules/.bin/vitest run --reporter=default --reporter=junit \
  --outputFile.junit="$CTA_TEST_NAME.report/r.xml" "$CTA_TEST_NAME.case"
