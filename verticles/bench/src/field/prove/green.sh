mkdir -p "$CTA_TEST_NAME.report"
# prove keeps each script's TAP below the directory that this names
PERL_TEST_HARNESS_DUMP_TAP="$CTA_TEST_NAME.report" exec prove "$CTA_TEST_NAME"
