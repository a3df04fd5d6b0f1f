package io.cta.bench;

import io.cta.broker.LinkListener;
import io.cta.broker.websocket.LinkOptions;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.domain.IdGenerator;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.domain.StatusSource;
import io.cta.domain.Test;
import io.cta.message.MachineHeartbeat;
import io.cta.message.MachineHello;
import io.cta.message.MachineHelloBuilder;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.message.RunningTask;
import io.cta.message.StatusBatch;
import io.cta.message.StatusReport;
import io.cta.message.StatusReportBuilder;
import io.cta.message.TaskEnded;
import io.cta.message.TaskEndedBuilder;
import io.cta.message.TaskEvent;
import io.cta.message.TaskRun;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * An agent that does everything a real one says, over a real link, and nothing it does: every test
 * is ok at once. Its messages are confirmed by the server as those of a real one are; there is no
 * journal and no process.
 */
final class SimulatedAgent {
  private final Vertx vertx;
  private final String name;
  private final int slots;
  private final Consumer<String> onStart;
  private final Set<RunningTask> running = ConcurrentHashMap.newKeySet();
  private final String session = IdGenerator.next();
  private String machineId;
  private WebSocketLink link;

  /**
   * @param onStart hears the execution's id when its task would start its first process
   */
  SimulatedAgent(Vertx vertx, String name, int slots, Consumer<String> onStart) {
    this.vertx = vertx;
    this.name = name;
    this.slots = slots;
    this.onStart = onStart;
  }

  /** Enrols, connects, subscribes and registers. */
  Future<Void> start(int port, RestClient registration) {
    JsonObject body =
        new JsonObject().put("name", name).put("hostname", "bench").put("slots", slots);
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
              return link.connect();
            })
        .compose(v -> link.subscribe(QueueNames.machine(machineId), slots * 2, this::receive))
        .compose(v -> send(QueueNames.REGISTRATION, MessageTypes.MACHINE_REGISTERED, hello()))
        .onSuccess(v -> vertx.setPeriodic(5000, id -> beat()));
  }

  Future<Void> close() {
    return link.close();
  }

  private Future<Void> receive(Buffer message) {
    MessageEnvelope envelope = MessageEnvelope.decode(message);
    if (envelope.type().equals(MessageTypes.TASK_RUN)) {
      run(envelope.payloadAs(TaskRun.class));
    }
    return Future.succeededFuture();
  }

  private void run(TaskRun task) {
    RunningTask mark = new RunningTask(task.taskId(), task.attempt(), task.token());
    if (!running.add(mark)) {
      return;
    }
    onStart.accept(task.executionId());
    Future<Void> acked = send(QueueNames.STATES, MessageTypes.TASK_ACKED, event(task));
    Future<Void> started = send(QueueNames.STATES, MessageTypes.TASK_STARTED, event(task));
    Future<Void> reported =
        send(QueueNames.RESULTS, MessageTypes.STATUSES_REPORTED, statuses(task));
    Future<Void> ended = send(QueueNames.STATES, MessageTypes.TASK_ENDED, end(task));
    Future.join(acked, started, reported, ended).onComplete(done -> running.remove(mark));
  }

  private TaskEvent event(TaskRun t) {
    return new TaskEvent(t.executionId(), t.taskId(), t.attempt(), t.token(), machineId, null);
  }

  private StatusBatch statuses(TaskRun t) {
    List<StatusReport> reports = new ArrayList<>();
    for (Test test : t.tests()) {
      reports.add(
          StatusReportBuilder.builder()
              .testId(test.id())
              .testName(test.name())
              .name(test.name())
              .index(reports.size() + 1)
              .result(Result.OK)
              .source(StatusSource.EXIT)
              .durationMs(0L)
              .build());
    }
    return new StatusBatch(t.executionId(), t.taskId(), t.attempt(), t.token(), machineId, reports);
  }

  private TaskEnded end(TaskRun t) {
    return TaskEndedBuilder.builder()
        .executionId(t.executionId())
        .taskId(t.taskId())
        .attempt(t.attempt())
        .token(t.token())
        .machineId(machineId)
        .state(State.FINISHED)
        .statusCount(t.tests().size())
        .durationMs(0L)
        .build();
  }

  private MachineHello hello() {
    return MachineHelloBuilder.builder()
        .machineId(machineId)
        .session(session)
        .name(name)
        .hostname("bench")
        .ip("127.0.0.1")
        .facts(Map.of())
        .labels(List.of())
        .slots(slots)
        .agentVersion("bench")
        .tasks(List.of())
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
    send(QueueNames.REGISTRATION, MessageTypes.MACHINE_HEARTBEAT, beat);
  }

  private Future<Void> send(String queue, String type, Object payload) {
    return link.publish(
        queue, MessageEnvelope.of(type, MessageSource.ofAgent(machineId), payload).encode());
  }
}
