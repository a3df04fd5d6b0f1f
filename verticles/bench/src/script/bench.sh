# shellcheck shell=sh
# ./cta bench: measures, with a broker of its own where one is asked for and none is named.
# shellcheck disable=SC2154 # set by ./cta and by servers.sh

# value_of OPTION ARGUMENT...: what the option is given, as two words or with =
value_of() {
  option=$1 value='' before=''
  shift
  for word in "$@"; do
    [ "$before" != "$option" ] || value=$word
    case $word in "$option="*) value=${word#*=} ;; esac
    before=$word
  done
  echo "$value"
}

# what chaos kills it starts itself; here is what it needs for that
chaos() {
  broker=$(value_of --broker "$@")
  case $broker in
    rabbitmq) need_rabbitmq ;;
    kafka) need_kafka ;;
  esac
  build server agent
  cd "$ROOT" && CTA_REQUIRE_SERVERS=true && export CTA_REQUIRE_SERVERS
  run_jar bench "$BENCH_JAR" "$@"
}

# real tools on the shipped jars
field() {
  build server agent
  run_jar bench "$BENCH_JAR" "$@"
}

# compiler threads that came and went would take their processor time with them
JVM_OPTIONS='-XX:+UseSerialGC -XX:-UseDynamicNumberOfCompilerThreads -XX:+ExitOnOutOfMemoryError'

bench() {
  [ "${1:-}" != chaos ] || chaos "$@"
  [ "${1:-}" != field ] || field "$@"
  # what a server logs of itself would stand between the figures
  export CTA_LOG_LEVEL="${CTA_LOG_LEVEL:-WARN}"
  broker=$(value_of --broker "$@")
  if [ -z "$broker" ] || [ "$broker" = embedded ] || [ -n "$(value_of --url "$@")" ]; then
    need_java
    build server bench
    # shellcheck disable=SC2086 # several flags
    exec java $JVM_OPTIONS -jar "$BENCH_JAR" "$@"
  fi
  need_java
  build server bench
  data=$(mktemp -d "${TMPDIR:-/tmp}/cta-bench.XXXXXX") || exit 70
  prepare_broker "$broker" "$data"
  # shellcheck disable=SC2064 # this directory
  trap "stop_broker; rm -rf '$data'" EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  start_broker
  # shellcheck disable=SC2086 # several flags
  java $JVM_OPTIONS -jar "$BENCH_JAR" "$@" --url "$broker_address" &
  bench_pid=$!
  wait "$bench_pid"
  exit $?
}
