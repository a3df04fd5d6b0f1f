# libtest writes JUnit on a stable compiler only when it is told that it is none
mkdir "$CTA_TEST_NAME.report"
export RUSTC_BOOTSTRAP=1
cargo test -q --test "$CTA_TEST_NAME" -- -Z unstable-options --format junit \
  > "$CTA_TEST_NAME.report/r.xml" && code=0 || code=$?
# once more for the totals that people read
cargo test -q --test "$CTA_TEST_NAME" || true
exit $code
