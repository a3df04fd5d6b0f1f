#!/usr/bin/env bash
# Makes b922936.zip and b922936.json anew: see README.md. $1 is a checkout of b922936 that is built.
set -euo pipefail

OUT=$(cd "$(dirname "$0")" && pwd)
SERVER_JAR=$(realpath "$1")/verticles/server/target/cta.jar
AGENT_JAR=$(realpath "$1")/agent/target/cta-agent.jar
DIR=/tmp/cta-takeover
PORT=18922
URL=http://127.0.0.1:$PORT/api/v1
# as ProcessFleet has them, so that it can go on with these files
ADMIN=e2e-admin-token-0123456789abcdef0123456789
REGISTRATION=e2e-registration-token-0123456789abcdef01
JAVA=(java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m -jar)

declare -A PIDS
[ ! -e $DIR ] || { echo "$DIR is there already"; exit 1; }
mkdir -p $DIR/home

# kills the tests that these agents started
tests_end() {
  for block in /proc/[0-9]*/environ; do
    [ -r "$block" ] || continue
    if { tr '\0' '\n' <"$block" | grep -q "^CTA_WORKSPACE=$DIR/"; } 2>/dev/null; then
      pid=${block#/proc/}
      kill -9 "${pid%/environ}" 2>/dev/null || true
    fi
  done
}

finish() {
  for pid in "${PIDS[@]}"; do kill -9 "$pid" 2>/dev/null || true; done
  tests_end
}
trap finish EXIT

# NAME VARIABLES... -- COMMAND...: in a host of its own name, without this one's variables
launch() {
  local name=$1 env=()
  shift
  while [ "$1" != -- ]; do env+=("$1"); shift; done
  shift
  unshare -u sh -c 'hostname takeover-host; exec "$@"' sh \
    env -i "PATH=$PATH" HOME=$DIR/home LC_ALL=C.UTF-8 "${env[@]}" "$@" >$DIR/"$name".log 2>&1 &
  PIDS[$name]=$!
}

# LIMIT IN SECONDS, COMMAND...
await() {
  local tries=$(($1 * 10))
  shift
  until "$@" >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || { echo "never: $*"; exit 1; }
    sleep 0.1
  done
}

call() {
  local method=$1 path=$2
  shift 2
  curl -sS --fail-with-body -X "$method" -H "Authorization: Bearer $ADMIN" -H 'If-Match: *' \
    -H 'Content-Type: application/json' "$URL$path" "$@"
}

start() { call POST /executions -d "$(jq -nc --arg s "$1" '{scenario: $s}')" | jq -r .id; }
field() { call GET "/executions/$1" | jq -r ".$2 // empty"; }
is() { [ "$(field "$1" "$2")" = "$3" ]; }
ended() { await 60 is "$1" "${3:-state}" "$2"; }
# that a task of the execution has a status of a test
reported() { call GET "/executions/$1/statuses" | jq -e --arg t "$2" 'any(.items[]; .testId == $t)'; }
released() { call GET "/executions/$1/tasks" | jq -e '.items[0].machineId'; }
said() { grep -q "$2" $DIR/"$1".log; }

# NAME MODE LABEL: configuration; NAME SETTINGS TESTS: suite and scenario of it
configuration() {
  jq -nc --arg n "$1" --arg m "$2" --arg l "$3" \
    '{kind: "Configuration", name: $n, mode: $m, labels: [$l]}'
}
scenario() {
  jq -nc --arg n "$1" --arg c "$2" --argjson more "$3" \
    '{kind: "Scenario", name: $n, suite: $n, configuration: $c, group: "core",
      timeouts: {pending: "9999d", running: "9999d"}} + $more'
  jq -nc --arg n "$1" --argjson t "$4" '{kind: "TestSuite", name: $n, tests: $t}'
}

agent() {
  launch "$1" -- "${JAVA[@]}" "$AGENT_JAR" --server http://127.0.0.1:$PORT \
    --token $REGISTRATION --name "$1" --labels "$1" --slots "$2" --data $DIR/"$1"
  await 60 said "$1" ' registered \['
}

launch server CTA_DATA=$DIR/server CTA_HTTP_PORT=$PORT CTA_HTTP_HOST=127.0.0.1 \
  CTA_SECURITY_ADMIN_TOKEN=$ADMIN CTA_SECURITY_REGISTRATION_TOKEN=$REGISTRATION \
  CTA_AGENTS_HEARTBEAT=1s CTA_AGENTS_LEASE=60s -- "${JAVA[@]}" "$SERVER_JAR" serve
await 60 curl -sf http://127.0.0.1:$PORT/health/ready
agent alpha 4
agent beta 1
agent gamma 1
agent delta 1
kill "${PIDS[delta]}"
wait "${PIDS[delta]}" || true

# shellcheck disable=SC2016 # variables of the tests
CASES='printf "<testsuite><testcase name=\"one\" classname=\"C\"/><testcase name=\"two\" classname=\"C\"><skipped/></testcase>%s</testsuite>" "$MORE" > r.xml'
# shellcheck disable=SC2016
HOLD='echo "attempt $CTA_ATTEMPT begins"; if [ "$CTA_ATTEMPT" = 1 ]; then sleep 86400; fi; echo "attempt $CTA_ATTEMPT goes on"'
{
  jq -nc '{kind: "Group", name: "core", description: "the core team"}'
  jq -nc '{kind: "Test", name: "stored", stages: [{run: "seq 1 2000"}]}'
  jq -nc '{kind: "Schedule", name: "nightly", scenario: "ok", cron: "30 1 * * *",
    zone: "Europe/Paris", enabled: false}'
  configuration alpha mono alpha
  configuration shared parallel alpha
  configuration beta parallel beta
  configuration gamma mono gamma
  configuration anyone group alpha
  configuration everyone stress alpha
  configuration away mono delta
  configuration nobody mono nowhere
  scenario ok shared '{"parameters": {"COLOUR": "red"}, "priority": 5}' "$(jq -nc --arg s "$CASES" \
    '[{name: "cases", env: {MORE: ""}, report: {junit: "r.xml"},
       stages: [{name: "prepare", run: "echo $COLOUR"}, {name: "check", run: $s, timeout: "10m"}]},
      {ref: "stored"}]')"
  scenario failed anyone '{"retries": 1}' "$(jq -nc --arg s "$CASES" \
    '[{name: "cases", report: {junit: "r.xml"}, stages: [{run: ($s + "; exit 3")}],
       env: {MORE: "<testcase name=\"three\" classname=\"C\"><failure message=\"no\">at C.three</failure></testcase>"}},
      {name: "good", stages: [{run: "echo good"}]}]')"
  scenario cancelled everyone '{}' '[{"name": "t", "stages": [{"run": "sleep 86400"}]}]'
  scenario timeout away '{"timeouts": {"pending": "1s"}}' '[{"name": "t", "stages": [{"run": "true"}]}]'
  scenario unmatched nobody '{}' '[{"name": "t", "stages": [{"run": "true"}]}]'
  scenario waiting away '{"parameters": {"BRANCH": "main"}}' '[{"name": "t", "stages": [{"run": "true"}]}]'
  # a limit longer than later versions take, and an action after the end, which they refuse
  scenario odd away '{"timeouts": {"pending": "30000d", "running": "30000d"},
    "after": [{"when": "result != ok", "notify": {"email": ["team@example.org"]}}]}' \
    '[{"name": "t", "stages": [{"run": "true"}]}]'
  scenario cut alpha '{}' "$(jq -nc --arg h "$HOLD" \
    '[{name: "before", stages: [{run: "echo done before"}]}, {name: "held", stages: [{run: $h}]}]')"
  scenario resumed alpha '{}' "$(jq -nc --arg h "$HOLD" \
    '[{name: "t", resumable: true, stages: [{run: $h}, {run: "echo second stage"}]}]')"
  scenario untold alpha '{}' "$(jq -nc --arg s "$CASES" \
    '[{name: "cases", report: {junit: "r.xml"}, env: {MORE: ""},
       stages: [{run: ("sleep 25; echo ended unheard; " + $s)}]}]')"
  scenario unbegun alpha '{}' '[{"name": "t", "stages": [{"run": "echo begun later"}]}]'
  scenario unheard gamma '{}' '[{"name": "t", "stages": [{"run": "echo heard at last"}]}]'
  scenario halfway beta '{}' "$(jq -nc --arg h "$HOLD" \
    '[{name: "m1", stages: [{run: "echo one"}]}, {name: "m2", stages: [{run: $h}]},
      {name: "m3", stages: [{run: "echo three"}]}]')"
} | jq -sc '{documents: .}' | call POST /apply -d @- >/dev/null
call POST /users -d '{"name": "ada", "displayName": "Ada L.", "role": "runner", "groups": ["core"],
  "password": "correct horse battery"}' >/dev/null
TOKEN=$(call POST /tokens -d '{"name": "ci", "role": "runner"}' | jq -r .raw)

# what is over
OK=$(start ok) && ended "$OK" ok result
call PUT "/executions/$OK/pin" -d '{"pinned": true}' >/dev/null
FAILED=$(start failed) && ended "$FAILED" failed result
RERUN=$(call POST "/executions/$FAILED/rerun" -d '{"only": "failed"}' | jq -r .id)
ended "$RERUN" failed result
CANCELLED=$(start cancelled) && await 60 is "$CANCELLED" state running
call POST "/executions/$CANCELLED/cancel" -d '{}' >/dev/null && ended "$CANCELLED" cancelled
UNMATCHED=$(start unmatched) && ended "$UNMATCHED" inconclusive result
TIMEOUT=$(start timeout) && ended "$TIMEOUT" timeout

# what is in flight
start waiting >/dev/null
start odd >/dev/null
UNTOLD=$(start untold)
CUT=$(start cut)
RESUMED=$(start resumed)
HALFWAY=$(start halfway)
await 20 is "$UNTOLD" state running
await 20 is "$RESUMED" state running
await 20 reported "$CUT" before
await 20 is "$HALFWAY" tasksDone 1
# sent to an agent that never reads it
kill -STOP "${PIDS[gamma]}"
UNHEARD=$(start unheard) && await 5 released "$UNHEARD"
# sent to an agent that reads it after more than five seconds, and asks before it begins
kill -STOP "${PIDS[alpha]}"
UNBEGUN=$(start unbegun) && await 5 released "$UNBEGUN"
sleep 6

items() { call GET "$1?limit=500" | jq .items; }
{
  for id in $(items /executions | jq -r '.[].id' | sort); do
    call GET "/executions/$id" | jq -c '{executions: {(.id): .}}'
    items "/executions/$id/tasks" | jq -c 'map({tasks: {(.id): .}}) | .[]'
    items "/executions/$id/statuses" | jq -c 'map({statuses: {(.id): .}}) | .[]'
    for task in $(items "/executions/$id/tasks" | jq -r '.[] | select(.state == "finished") | .id'); do
      call GET "/tasks/$task/log" | jq -Rsc --arg t "$task" '{logs: {($t): .}}'
    done
  done
  for kind in users groups tests testsuites configurations scenarios schedules; do
    items /$kind | jq -c --arg k $kind 'map({($k): {(.id): .}}) | .[]'
  done
  items /machines | jq -c 'map({machines: {(.id): {id, name, labels, slots}}}) | .[]'
  jq -nc --arg t "$TOKEN" '{token: $t}'
} | jq -n --sort-keys 'reduce inputs as $one ({}; . * $one)' >"$OUT/b922936.json"

kill -9 "${PIDS[server]}"
kill -CONT "${PIDS[alpha]}"
await 20 said alpha "waits for the server's word"
await 40 said alpha "task is over .*$UNTOLD-0, "
kill -9 "${PIDS[alpha]}" "${PIDS[beta]}" "${PIDS[gamma]}"
tests_end
wait 2>/dev/null || true

rm -f "$OUT/b922936.zip"
(cd $DIR && zip -qr -9 "$OUT/b922936.zip" server alpha beta gamma)
ls -l "$OUT"
