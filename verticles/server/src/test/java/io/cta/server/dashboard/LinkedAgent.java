package io.cta.server.dashboard;

import io.cta.broker.AgentMessageSender;
import io.cta.broker.LinkListener;
import io.cta.broker.websocket.LinkOptions;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.domain.IdGenerator;
import io.cta.domain.Result;
import io.cta.domain.StatusSource;
import io.cta.message.LogWritten;
import io.cta.message.LogWrittenBuilder;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.message.StatusReport;
import io.cta.message.TaskCancel;
import io.cta.message.TaskEnded;
import io.cta.message.TaskRun;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** A simulated agent on a real link; sends the messages that the test asks for. */
public final class LinkedAgent {
  private final Vertx vertx;
  private final String name;
  private final String session = IdGenerator.next();
  private final BlockingQueue<TaskRun> taken = new LinkedBlockingQueue<>();
  private final BlockingQueue<TaskCancel> cancels = new LinkedBlockingQueue<>();
  private String machineId;
  private WebSocketLink link;
  private AgentMessageSender sender;
  private long written;
  private int chunks;

  public LinkedAgent(Vertx vertx, String name) {
    this.vertx = vertx;
    this.name = name;
  }

  /** Connects with the response to its enrolment and registers. */
  public void connect(int port, JsonObject enrolled) throws Exception {
    connect(URI.create("http://127.0.0.1:" + port), enrolled);
  }

  /** The same, at another address of the server. */
  public void connect(URI server, JsonObject enrolled) throws Exception {
    machineId = enrolled.getString("machineId");
    LinkOptions options = LinkOptions.of(server, enrolled.getString("token"), session);
    link = new WebSocketLink(vertx, MonotonicClock.system(), options, new LinkListener() {});
    sender = new AgentMessageSender(link, machineId, session);
    link.connect()
        .compose(v -> link.subscribe(QueueNames.machine(machineId), 10, this::command))
        .compose(
            v -> sender.registered(sender.hello(name).hostname("host-of-" + name).slots(2).build()))
        .await(20, TimeUnit.SECONDS);
  }

  /** Waits for the next task, acknowledges and starts it. */
  public TaskRun task() throws Exception {
    TaskRun run = taken.poll(30, TimeUnit.SECONDS);
    sender.acked(run).await(20, TimeUnit.SECONDS);
    sender.started(run).await(20, TimeUnit.SECONDS);
    return run;
  }

  /** The next cancel command; null when none comes within 30 s. */
  public TaskCancel cancelled() throws InterruptedException {
    return cancels.poll(30, TimeUnit.SECONDS);
  }

  public String machineId() {
    return machineId;
  }

  public String session() {
    return session;
  }

  public void writes(TaskRun run, String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    LogWritten chunk =
        LogWrittenBuilder.builder()
            .executionId(run.executionId())
            .taskId(run.taskId())
            .attempt(run.attempt())
            .token(run.token())
            .testId(run.tests().get(0).id())
            .seq(chunks++)
            .offset(written)
            .size(bytes.length)
            .data(Base64.getEncoder().encodeToString(zip(bytes)))
            .build();
    written += bytes.length;
    sender.send(QueueNames.LOGS, MessageTypes.LOG_WRITTEN, chunk).await(20, TimeUnit.SECONDS);
  }

  public void reports(TaskRun run, int index, String caseName, Result result, String message)
      throws Exception {
    StatusReport report =
        AgentMessageSender.ok(run.tests().get(0), index)
            .name(caseName)
            .result(result)
            .source(StatusSource.REPORT)
            .message(message)
            .durationMs(12L)
            .build();
    sender.reported(run, List.of(report)).await(20, TimeUnit.SECONDS);
  }

  public void ends(TaskRun run, int statuses) throws Exception {
    TaskEnded ended = sender.end(run).statusCount(statuses).durationMs(1_000L).build();
    sender.ended(ended).await(20, TimeUnit.SECONDS);
  }

  public void close() throws Exception {
    link.close().await(20, TimeUnit.SECONDS);
  }

  private Future<Void> command(Buffer message) {
    MessageEnvelope envelope = MessageEnvelope.decode(message);
    if (envelope.type().equals(MessageTypes.TASK_RUN)) {
      taken.add(envelope.payloadAs(TaskRun.class));
    } else if (envelope.type().equals(MessageTypes.TASK_CANCEL)) {
      cancels.add(envelope.payloadAs(TaskCancel.class));
    }
    return Future.succeededFuture();
  }

  private static byte[] zip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
