package io.cta.bench;

import io.cta.broker.AgentMessageSender;
import io.cta.broker.LinkListener;
import io.cta.broker.websocket.LinkOptions;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.domain.AttemptRef;
import io.cta.domain.IdGenerator;
import io.cta.message.MachineHeartbeat;
import io.cta.message.MachineHello;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.message.StatusReport;
import io.cta.message.TaskRun;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends everything that a real agent sends, over a real link, but runs nothing: every test is ok at
 * once. The server confirms its messages as it does a real agent's. There is no journal and no
 * process.
 */
final class SimulatedAgent {
  /** The default of real agents. */
  private static final long HEARTBEAT_MILLIS = 5_000;

  private final Vertx vertx;
  private final SimulatedAgentSettings settings;
  private final TaskListener listener;
  private final Set<AttemptRef> running = ConcurrentHashMap.newKeySet();
  private final String session = IdGenerator.next();
  private String machineId;
  private WebSocketLink link;
  private AgentMessageSender sender;

  SimulatedAgent(Vertx vertx, SimulatedAgentSettings settings, TaskListener listener) {
    this.vertx = vertx;
    this.settings = settings;
    this.listener = listener;
  }

  /** Enrols, connects, subscribes and registers. */
  Future<Void> start(int port, RestClient registration) {
    JsonObject body =
        new JsonObject()
            .put("name", settings.name())
            .put("hostname", "bench")
            .put("slots", settings.slots());
    return registration
        .post("agents/enrol", body)
        .compose(
            answer -> {
              machineId = answer.getString("machineId");
              URI server = URI.create("http://127.0.0.1:" + port);
              link =
                  new WebSocketLink(
                      vertx,
                      MonotonicClock.system(),
                      LinkOptions.of(server, answer.getString("token"), session),
                      new LinkListener() {});
              sender = new AgentMessageSender(link, machineId, session);
              return link.connect();
            })
        .compose(
            v -> link.subscribe(QueueNames.machine(machineId), settings.slots() * 2, this::receive))
        .compose(v -> sender.registered(hello()))
        .onSuccess(v -> vertx.setPeriodic(HEARTBEAT_MILLIS, id -> beat()));
  }

  private Future<Void> receive(Buffer message) {
    MessageEnvelope envelope = MessageEnvelope.decode(message);
    if (envelope.type().equals(MessageTypes.TASK_RUN)) {
      run(envelope.payloadAs(TaskRun.class));
    }
    return Future.succeededFuture();
  }

  private void run(TaskRun task) {
    AttemptRef mark = task.ref();
    if (!running.add(mark)) {
      return;
    }
    listener.started(task.executionId());
    List<StatusReport> reports = SimulatedReports.of(task, settings.cases());
    Future.join(
            List.of(
                sender.acked(task),
                sender.started(task),
                sender.reported(task, reports),
                sender.ended(sender.end(task).statusCount(reports.size()).build())))
        .onComplete(done -> over(task, mark));
  }

  private void over(TaskRun task, AttemptRef mark) {
    running.remove(mark);
    listener.ended(task.executionId());
  }

  private MachineHello hello() {
    return sender
        .hello(settings.name())
        .hostname("bench")
        .ip("127.0.0.1")
        .facts(Map.of())
        .labels(settings.labels())
        .slots(settings.slots())
        .agentVersion("bench")
        .build();
  }

  private void beat() {
    MachineHeartbeat beat =
        new MachineHeartbeat(
            machineId,
            session,
            0,
            1L << 40,
            System.currentTimeMillis(),
            false,
            List.copyOf(running),
            null);
    sender.alive(beat);
  }
}
