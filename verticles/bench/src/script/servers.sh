# shellcheck shell=sh
# RabbitMQ and Kafka as processes of a demo or a measurement. Their ports, names and data are nobody
# else's, they listen on the loopback only, and the machine's own are left alone. Part of ./cta.
# shellcheck disable=SC2034,SC2154 # shared with ./cta and its other parts

free_ports() { # WANTED...; prints these, or free ones in their place
  # shellcheck disable=SC2086 # several flags
  java $QUICK -cp "$SERVER_JAR" io.cta.cli.FreePort "$@"
}

alive() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null; }

wait_gone() { # SECONDS PID...; true once none of them is there any more
  tenths=$(($1 * 10))
  shift
  while [ "$tenths" -gt 0 ]; do
    left=0
    for pid in "$@"; do alive "$pid" && left=1; done
    [ "$left" = 1 ] || return 0
    sleep 0.1
    tenths=$((tenths - 1))
  done
  return 1
}

# prepare_broker KIND DIRECTORY: everything but starting it; sets broker and broker_address
prepare_broker() {
  broker=$1 broker_dir=$2 broker_pid='' epmd_pid=''
  mkdir -p "$broker_dir" || exit 70
  case $broker in
    rabbitmq) prepare_rabbitmq ;;
    kafka) prepare_kafka ;;
    *) die 64 "no broker $broker: embedded, rabbitmq or kafka" ;;
  esac
}

# starts the broker that was prepared, also after it was killed; whoever needs it waits for it
start_broker() { "start_$broker"; }

stop_broker() {
  alive "$broker_pid" && kill "$broker_pid" 2>/dev/null
  wait_gone 20 "$broker_pid" || kill -9 "$broker_pid" 2>/dev/null
  alive "$epmd_pid" && kill "$epmd_pid" 2>/dev/null
  broker_pid='' epmd_pid=''
}

# Debian's own program wants to be root or its user, the one behind it does not care
rabbitmq_programs() {
  for dir in /usr/lib/rabbitmq/lib/*/sbin; do
    [ -x "$dir/rabbitmq-server" ] && echo "$dir" && return
  done
  program=$(command -v rabbitmq-server) && dirname "$program"
}

need_rabbitmq() {
  rabbitmq_programs >/dev/null || present rabbitmq-server rabbitmq-server ||
    die 69 'needs RabbitMQ: rabbitmq-server is missing'
}

prepare_rabbitmq() {
  need_rabbitmq
  sbin=$(rabbitmq_programs)
  # shellcheck disable=SC2046 # three numbers
  set -- $(free_ports 5672 25672 4369)
  broker_address=amqp://guest:guest@127.0.0.1:$1
  distribution_port=$2 names_port=$3
  cat >"$broker_dir/rabbitmq.conf" <<TEXT
listeners.tcp.1 = 127.0.0.1:$1
disk_free_limit.absolute = 50MB
vm_memory_high_watermark.absolute = 1GB
log.file.level = warning
TEXT
  echo '[].' >"$broker_dir/plugins"
  : >"$broker_dir/env.conf"
}

start_rabbitmq() {
  if ! alive "$epmd_pid"; then
    epmd -port "$names_port" -address 127.0.0.1 >>"$broker_dir/epmd.log" 2>&1 &
    epmd_pid=$!
  fi
  (
    unset RABBITMQ_NODE_PORT RABBITMQ_NODE_IP_ADDRESS RABBITMQ_CONFIG_FILES RABBITMQ_USE_LONGNAME
    export HOME="$broker_dir" ERL_EPMD_PORT="$names_port" ERL_EPMD_ADDRESS=127.0.0.1
    export RABBITMQ_NODENAME=cta@localhost RABBITMQ_DIST_PORT="$distribution_port"
    export RABBITMQ_MNESIA_BASE="$broker_dir/data" RABBITMQ_LOG_BASE="$broker_dir/log"
    export RABBITMQ_CONFIG_FILE="$broker_dir/rabbitmq.conf"
    export RABBITMQ_ADVANCED_CONFIG_FILE="$broker_dir/advanced.config"
    export RABBITMQ_CONF_ENV_FILE="$broker_dir/env.conf" RABBITMQ_PID_FILE="$broker_dir/pid"
    export RABBITMQ_ENABLED_PLUGINS_FILE="$broker_dir/plugins"
    # with this the script becomes the server, which then takes the signals
    export RUNNING_UNDER_SYSTEMD=true
    export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='+sbwt none +sbwtdcpu none'
    exec "$sbin/rabbitmq-server"
  ) >>"$broker_dir/server.log" 2>&1 </dev/null &
  broker_pid=$!
}

# its jars are a module of the build that nothing else is built with
need_kafka() {
  kafka=$ROOT/verticles/brokers/src/test/kafka
  if [ -z "$(find "$kafka/target/lib" -name 'kafka_*.jar' 2>/dev/null)" ]; then
    need_maven
    say 'bringing the jars of Kafka (once)'
    (cd "$ROOT" && mvn -q -B -Dquick -pl :kafka-server -am package) ||
      die 70 'Kafka could not be brought; the errors are above'
  fi
}

prepare_kafka() {
  need_kafka
  # shellcheck disable=SC2046 # two numbers
  set -- $(free_ports 9092 9093)
  broker_address=127.0.0.1:$1
  mkdir -p "$broker_dir/data" || exit 70
  cat >"$broker_dir/server.properties" <<TEXT
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$2
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:$1,CONTROLLER://127.0.0.1:$2
advertised.listeners=PLAINTEXT://127.0.0.1:$1
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$broker_dir/data
auto.create.topics.enable=false
default.replication.factor=1
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
TEXT
  cat >"$broker_dir/logback.xml" <<'TEXT'
<configuration>
  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
    <encoder><pattern>%d %-5level %logger{20} %msg%n</pattern></encoder>
  </appender>
  <root level="WARN"><appender-ref ref="out"/></root>
</configuration>
TEXT
  # what formatting the data directory writes
  [ -f "$broker_dir/data/meta.properties" ] ||
    printf 'version=1\nnode.id=1\ncluster.id=%s\ndirectory.id=%s\n' "$(uuid)" "$(uuid)" \
      >"$broker_dir/data/meta.properties"
}

# as Kafka writes them: 16 bytes in the base64 of URLs
uuid() { head -c 16 /dev/urandom | base64 | tr '+/' 'ab' | tr -d '=\n'; }

start_kafka() {
  java -Xmx512m -XX:+UseSerialGC -Dlogback.configurationFile="$broker_dir/logback.xml" \
    -cp "$kafka/target/lib/*" kafka.Kafka "$broker_dir/server.properties" \
    >>"$broker_dir/server.log" 2>&1 </dev/null &
  broker_pid=$!
}
