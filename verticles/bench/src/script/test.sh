# shellcheck shell=sh
# ./cta test: brings what the tests need, runs them all, and counts.

# sums the heads of all JUnit reports newer than the file $1, and the end of the TAP file $2
count_tests() {
  {
    find "$ROOT" -path '*/target/*-reports/TEST-*.xml' -newer "$1" \
      -exec grep -h '<testsuite ' {} +
    cat "$2"
  } | awk '
    function number(name) {
      return match($0, " " name "=\"[0-9]+\"") ? \
        substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0 : 0
    }
    /^<testsuite / {
      skips = number("skipped"); bads = number("failures") + number("errors")
      good += number("tests") - bads - skips; bad += bads; skipped += skips
    }
    /^# pass / { good += $3 }
    /^# fail / { bad += $3 }
    /^# skipped / { skipped += $3 }
    END { printf "%d %d %d\n", good, bad, skipped }'
}

# bring WHAT-FOR PROGRAM PACKAGE: true when the program is there, installed if need be and may be
bring() {
  present "$2" "$3" && return 0
  [ "${CI:-}" != true ] || die 1 "$2 is missing for $1, and must not be in CI"
  say "$2 is missing: $1 are skipped"
  return 1
}

test_all() {
  need_java
  need_maven
  # what is skipped on somebody's own machine is a failure where nobody would read of it
  [ "${CI:-}" != true ] || export CTA_REQUIRE_SERVERS=true
  stamp=$(mktemp "${TMPDIR:-/tmp}/cta-test.XXXXXX") || exit 70
  trap 'rm -f "$stamp" "$stamp.tap"' EXIT
  : >"$stamp.tap"
  code=0
  if bring "the dashboard's unit tests" node nodejs; then
    node --test --test-reporter=tap "$ROOT"/webroot/test/*.test.js >"$stamp.tap" || code=1
    grep -A 12 '^ *not ok' "$stamp.tap"
  else
    echo '# skipped 1' >"$stamp.tap"
  fi
  bring "the dashboard's tests in a browser" chromium chromium &&
    bring "the dashboard's tests in a browser" chromedriver chromium-driver
  bring 'the checks of this script' shellcheck shellcheck
  bring 'the tests with RabbitMQ' rabbitmq-server rabbitmq-server
  bring 'the tests of inputs with large files' git-lfs git-lfs
  [ -x /usr/sbin/sshd ] || bring 'the tests of inputs by ssh' sshd openssh-server
  bring 'the tests of clocks that are set' faketime faketime
  # beside the PATH of most people
  [ -x /usr/sbin/nginx ] || bring 'the tests behind a proxy' nginx nginx-light
  (cd "$ROOT" && mvn -B -fae "$@" verify) || code=$?
  # shellcheck disable=SC2046 # three numbers
  set -- $(count_tests "$stamp" "$stamp.tap")
  printf '\n%s passed, %s failed, %s skipped\n' "$1" "$2" "$3"
  [ "$1" -gt 0 ] || die 1 'no test was run'
  [ "$2" -eq 0 ] || exit 1
  exit "$code"
}
