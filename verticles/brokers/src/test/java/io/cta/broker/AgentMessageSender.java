package io.cta.broker;

import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.domain.StatusSource;
import io.cta.domain.Test;
import io.cta.message.MachineGone;
import io.cta.message.MachineHeartbeat;
import io.cta.message.MachineHello;
import io.cta.message.MachineHelloBuilder;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.message.StatusBatch;
import io.cta.message.StatusReport;
import io.cta.message.StatusReportBuilder;
import io.cta.message.TaskEnded;
import io.cta.message.TaskEndedBuilder;
import io.cta.message.TaskEvent;
import io.cta.message.TaskRun;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends what an agent tells the server, for the simulated agents of the tests and the bench. */
public final class AgentMessageSender {
  private final MessageBroker broker;
  private final String machineId;
  private final String session;

  /**
   * @param broker a broker, or an agent's link to the server
   */
  public AgentMessageSender(MessageBroker broker, String machineId, String session) {
    this.broker = broker;
    this.machineId = machineId;
    this.session = session;
  }

  /** What every machine says of itself, to be completed with its slots. */
  public MachineHelloBuilder hello(String name) {
    return MachineHelloBuilder.builder()
        .machineId(machineId)
        .session(session)
        .name(name)
        .hostname(name + ".example")
        .ip("192.0.2.1")
        .facts(Map.of("platform", List.of("linux")))
        .labels(List.of())
        .agentVersion("1")
        .tasks(List.of());
  }

  public Future<Void> registered(MachineHello hello) {
    return send(QueueNames.REGISTRATION, MessageTypes.MACHINE_REGISTERED, hello);
  }

  public Future<Void> alive(MachineHeartbeat beat) {
    return send(QueueNames.REGISTRATION, MessageTypes.MACHINE_HEARTBEAT, beat);
  }

  /** Sends what the gateway sends when the connection ends. */
  public Future<Void> gone() {
    MachineGone gone = new MachineGone(machineId, session, "x");
    return send(QueueNames.REGISTRATION, MessageTypes.MACHINE_GONE, gone);
  }

  public Future<Void> acked(TaskRun run) {
    return send(QueueNames.STATES, MessageTypes.TASK_ACKED, event(run));
  }

  public Future<Void> started(TaskRun run) {
    return send(QueueNames.STATES, MessageTypes.TASK_STARTED, event(run));
  }

  public Future<Void> declined(TaskRun run) {
    return send(QueueNames.STATES, MessageTypes.TASK_DECLINED, event(run));
  }

  /** The report that a test is ok, to be completed. */
  public static StatusReportBuilder ok(Test test, int index) {
    return StatusReportBuilder.builder()
        .testId(test.id())
        .testName(test.name())
        .index(index)
        .result(Result.OK)
        .source(StatusSource.EXIT)
        .durationMs(0L);
  }

  /** Sends the reports in as many batches as they need. */
  public Future<Void> reported(TaskRun run, List<StatusReport> reports) {
    List<Future<Void>> sent = new ArrayList<>();
    for (int from = 0; from < reports.size(); from += StatusBatch.MAX) {
      int to = Math.min(reports.size(), from + StatusBatch.MAX);
      StatusBatch batch =
          new StatusBatch(
              run.executionId(),
              run.taskId(),
              run.attempt(),
              run.token(),
              machineId,
              reports.subList(from, to));
      sent.add(send(QueueNames.RESULTS, MessageTypes.STATUSES_REPORTED, batch));
    }
    return Future.join(sent).mapEmpty();
  }

  /** The end of a task that has finished, to be completed with what it reported. */
  public TaskEndedBuilder end(TaskRun run) {
    return TaskEndedBuilder.builder()
        .executionId(run.executionId())
        .taskId(run.taskId())
        .attempt(run.attempt())
        .token(run.token())
        .machineId(machineId)
        .state(State.FINISHED)
        .durationMs(0L);
  }

  public Future<Void> ended(TaskEnded ended) {
    return send(QueueNames.STATES, MessageTypes.TASK_ENDED, ended);
  }

  public Future<Void> send(String queue, String type, Object payload) {
    return broker.publish(
        queue, MessageEnvelope.of(type, MessageSource.ofAgent(machineId), payload).encode());
  }

  private TaskEvent event(TaskRun run) {
    return new TaskEvent(
        run.executionId(), run.taskId(), run.attempt(), run.token(), machineId, null);
  }
}
