# shellcheck shell=sh
# ./cta demo: starts all processes, keeps them alive, and stops all that it has started.
# shellcheck disable=SC2154 # set by ./cta and by servers.sh
# shellcheck disable=SC2030,SC2031 # what a server is told is for that process alone

secret() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

start_server() {
  (
    export CTA_DATA="$data/server" CTA_HTTP_HOST=127.0.0.1 CTA_HTTP_PORT="$port"
    export CTA_SECURITY_ADMIN_TOKEN="$token" CTA_SECURITY_REGISTRATION_TOKEN="$registration"
    export CTA_SECURITY_ADMIN_PASSWORD="$password" CTA_BROKER_TYPE="$broker" CTA_STORE_TYPE="$store"
    export CTA_OUTGOING_ALLOW=127.0.0.1 # where the demo receives a webhook
    case $broker in
      rabbitmq) export CTA_BROKER_RABBITMQ_URL="$broker_address" ;;
      kafka) export CTA_BROKER_KAFKA_BOOTSTRAP="$broker_address" ;;
    esac
    [ "$store" != mongo ] ||
      export CTA_STORE_MONGO_URL="$CTA_MONGO_URL" CTA_STORE_MONGO_DATABASE="$database"
    archive_of "$SERVER_JAR"
    # shellcheck disable=SC2086 # several flags
    exec java $QUICK $SHARE ${archive:+"-XX:SharedArchiveFile=$archive"} -jar "$SERVER_JAR" serve
  ) >>"$data/server.log" 2>&1 &
  server_pid=$!
}

start_agent() { # N; sets agentN_pid
  (
    export CTA_AGENT_TOKEN="$registration" # not for every user of the machine to see
    [ "$link" != direct ] || export CTA_AGENT_LINK="$broker"
    [ "$link $broker" != 'direct rabbitmq' ] || export CTA_AGENT_RABBITMQ="$broker_address"
    [ "$link $broker" != 'direct kafka' ] || export CTA_AGENT_KAFKA="$broker_address"
    archive_of "$AGENT_JAR"
    # shellcheck disable=SC2086 # several flags
    exec java $QUICK $SHARE ${archive:+"-XX:SharedArchiveFile=$archive"} -jar "$AGENT_JAR" \
      --server "$url" --name "agent-$1" --data "$data/agent-$1"
  ) >>"$data/agent-$1.log" 2>&1 &
  eval "agent$1_pid=$!"
}

stop_all() {
  trap '' INT TERM HUP
  trap - EXIT
  for pid in "$driver_pid" "$agent1_pid" "$agent2_pid"; do
    alive "$pid" && kill "$pid" 2>/dev/null
  done
  # an agent ends its tests at the second TERM
  if ! wait_gone 2 "$agent1_pid" "$agent2_pid"; then
    for pid in "$agent1_pid" "$agent2_pid"; do alive "$pid" && kill "$pid" 2>/dev/null; done
    wait_gone 15 "$agent1_pid" "$agent2_pid"
  fi
  alive "$server_pid" && kill "$server_pid" 2>/dev/null
  wait_gone 15 "$server_pid" "$driver_pid" ||
    for pid in "$driver_pid" "$agent1_pid" "$agent2_pid" "$server_pid"; do
      alive "$pid" && kill -9 "$pid" 2>/dev/null
    done
  [ -z "$own_broker" ] || stop_broker
}

leave() {
  stop_all
  if [ -n "$temporary" ] && [ "$1" -eq 0 ]; then rm -rf "$data"; else say "see $data"; fi
  exit "$1"
}

# whatever was killed comes back, as it would on a real machine
revive() {
  [ -z "$own_broker" ] || alive "$broker_pid" ||
    { say "$broker has ended; starting it again" && start_broker; }
  alive "$server_pid" || { say 'the server has ended; starting it again' && start_server; }
  alive "$agent1_pid" || { say 'agent-1 has ended; starting it again' && start_agent 1; }
  alive "$agent2_pid" || { say 'agent-2 has ended; starting it again' && start_agent 2; }
}

options() {
  while [ $# -gt 0 ]; do
    case $1 in
      --exit) stay= ;;
      --data) data=${2:?--data needs a directory} && shift ;;
      --port) port=${2:?--port needs a number} && shift ;;
      --broker) broker=${2:?--broker needs embedded, rabbitmq or kafka} && shift ;;
      --store) store=${2:?--store needs sqlite or mongo} && shift ;;
      --link) link=${2:?--link needs websocket or direct} && shift ;;
      *) say "demo does not know $1" && usage >&2 && exit 64 ;;
    esac
    shift
  done
  case $broker in embedded | rabbitmq | kafka) ;; *) die 64 "no broker $broker" ;; esac
  case $store in sqlite | mongo) ;; *) die 64 "no store $store" ;; esac
  case $link in websocket | direct) ;; *) die 64 "no link $link" ;; esac
  [ "$link $broker" != 'direct embedded' ] || die 64 'the embedded broker has no direct link'
  [ "$store" != mongo ] || [ -n "${CTA_MONGO_URL:-}" ] ||
    die 64 '--store mongo needs CTA_MONGO_URL, such as mongodb://127.0.0.1:27017'
}

# the broker that CTA_BROKER_RABBITMQ_URL or CTA_BROKER_KAFKA_BOOTSTRAP names, else one of our own
find_broker() {
  own_broker='' broker_address=''
  case $broker in
    embedded) return ;;
    rabbitmq) broker_address=${CTA_BROKER_RABBITMQ_URL:-} ;;
    kafka) broker_address=${CTA_BROKER_KAFKA_BOOTSTRAP:-} ;;
  esac
  if [ -z "$broker_address" ]; then
    prepare_broker "$broker" "$data/$broker"
    own_broker=1
  fi
}

# a database of its own for each demo, the same again for the same directory
name_database() {
  [ -f "$data/database" ] || echo "cta_demo_$(secret | cut -c 1-12)" >"$data/database"
  database=$(cat "$data/database")
}

demo() {
  stay=1 data='' port='' temporary='' broker=embedded store=sqlite link=websocket
  server_pid='' agent1_pid='' agent2_pid='' driver_pid=''
  options "$@"
  need_java
  build server agent
  if [ -z "$data" ]; then
    data=$(mktemp -d "${TMPDIR:-/tmp}/cta-demo.XXXXXX") || exit 70
    temporary=1
  fi
  mkdir -p "$data" && data=$(cd "$data" && pwd) || exit 70
  port=${port:-$(free_ports 8080)}
  url=http://127.0.0.1:$port
  token=$(secret) registration=$(secret) password=$(secret | cut -c 1-16)
  [ "$store" != mongo ] || name_database
  find_broker

  trap 'leave 130' INT
  trap 'leave 143' TERM HUP
  trap 'leave $?' EXIT
  [ -z "$own_broker" ] || start_broker
  start_server && start_agent 1 && start_agent 2
  printf 'starting a server and two agents; the dashboard: %s  user: admin  password: %s\n' \
    "$url" "$password"
  [ "$broker" = embedded ] ||
    echo "messages go through $broker${own_broker:+, a process of this demo}; agents: $link"
  [ "$store" != mongo ] || echo "the store is the MongoDB database $database"

  integrations=
  if present git git; then integrations=$data/integrations; else
    say 'there is no git: the demo leaves out what it fetches from a repository'
  fi
  [ -t 1 ] && columns=$(stty size 2>/dev/null </dev/tty | cut -d ' ' -f 2) || columns=
  archive_of "$SERVER_JAR"
  # shellcheck disable=SC2086 # several flags
  CTA_TOKEN=$token CTA_TTY=${columns:+1} COLUMNS=${columns:-100} java $QUICK $SHARE \
    ${archive:+"-XX:SharedArchiveFile=$archive"} -jar "$SERVER_JAR" demo-drive \
    --server "$url" --server-pid "$server_pid" --machines 2 \
    --examples "$ROOT/conf/examples" --keep "$data/reports" \
    ${integrations:+--integrations "$integrations"} commons-parallel codec-mono &
  driver_pid=$!
  while alive "$driver_pid"; do
    sleep 0.2
    alive "$driver_pid" && revive
  done
  wait "$driver_pid"
  code=$?
  driver_pid=''

  printf '\nthe dashboard: %s  user: admin  password: %s\n' "$url" "$password"
  if [ -n "$stay" ]; then
    printf 'CTA_SERVER=%s CTA_TOKEN=%s  lets ./cta run, machines, log ... talk to it\n' \
      "$url" "$token"
    echo 'Ctrl-C ends the demo.'
    while sleep 1; do revive; done
  fi
  leave "$code"
}
