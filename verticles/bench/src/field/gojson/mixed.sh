mkdir "$CTA_TEST_NAME.report"
go test -json "./$CTA_TEST_NAME/..." > "$CTA_TEST_NAME.report/r.json" && code=0 || code=$?
# what a person sees: the output within the events
sed -n 's/.*"Output":"\(.*\)\\n"}$/\1/p' "$CTA_TEST_NAME.report/r.json"
exit $code
