mkdir "$CTA_TEST_NAME.report"
exec "$TOOLS/go/bin/gotestsum" --rerun-fails --packages ./rerun/... --junitfile "$CTA_TEST_NAME.report/r.xml"
