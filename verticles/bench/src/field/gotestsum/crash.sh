mkdir "$CTA_TEST_NAME.report"
export GOFLAGS=-mod=mod
exec "$TOOLS/go/bin/gotestsum" --junitfile "$CTA_TEST_NAME.report/r.xml" -- "./$CTA_TEST_NAME/..."
