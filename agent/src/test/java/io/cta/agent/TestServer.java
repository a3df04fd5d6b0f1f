package io.cta.agent;

import io.cta.broker.KeptPort;
import io.cta.broker.websocket.LinkFrame;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.message.TaskStartConfirmed;
import io.cta.message.TaskStartRequested;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** As much of a server as an agent needs: enrolment, and the link with queues behind it. */
final class TestServer implements AutoCloseable {
  static final String TOKEN = "registration-token";
  static final String MACHINE = "01MACHINE";

  final ConfirmedEvents confirmedEvents = new ConfirmedEvents();
  final List<JsonObject> enrolments = new CopyOnWriteArrayList<>();
  final List<String> shown = new CopyOnWriteArrayList<>();
  final TestArtifacts artifacts = new TestArtifacts();
  final TestQueues queues;
  private volatile TokenRenewal renewal;
  private final Vertx vertx = Vertx.vertx();
  private final int port = KeptPort.next();
  private volatile boolean answering = true;
  private HttpServer http;

  TestServer() {
    queues = new TestQueues(vertx, this::confirmed);
    open();
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Opens the port, the same as before if there was one. */
  void open() {
    http =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setMaxWebSocketFrameSize(LinkFrame.MAX_BYTES)
                    .setMaxWebSocketMessageSize(LinkFrame.MAX_BYTES)
                    .setWebSocketSubProtocols(List.of(LinkFrame.PROTOCOL)))
            .requestHandler(this::enrol)
            .webSocketHandler(queues::connected);
    await(http.listen());
  }

  /** Closes the port, as if the server were away. */
  void shut() {
    await(http.close());
  }

  /** The answer to an agent that asks for its next token, or shows it. */
  interface TokenRenewal {
    JsonObject answer(String shown, JsonObject asked);
  }

  /**
   * Turns the renewal of tokens on; without it the server is one of an earlier version. An answer
   * without a name is a 410.
   */
  void renewing(TokenRenewal answers) {
    renewal = answers;
  }

  void run(TaskBuilder task) {
    toMachine(MessageTypes.TASK_RUN, task.build());
  }

  /** Sends a command that waited on its queue for a minute. */
  void runLate(TaskBuilder task) {
    MessageEnvelope now = MessageEnvelope.of(MessageTypes.TASK_RUN, "server", task.build());
    Instant old = now.time().minusSeconds(60);
    MessageEnvelope late =
        new MessageEnvelope(now.id(), now.type(), old, now.source(), now.schema(), now.payload());
    send(QueueNames.machine(MACHINE), late.encode());
  }

  /** Whether the server confirms attempts that agents ask about; if not, it does not answer. */
  void answering(boolean yes) {
    answering = yes;
  }

  private void confirmed(MessageEnvelope event) {
    confirmedEvents.add(event);
    if (answering && event.type().equals(MessageTypes.TASK_ASKED)) {
      go(event.payloadAs(TaskStartRequested.class));
    }
  }

  void go(TaskStartRequested asked) {
    toMachine(
        MessageTypes.TASK_GO,
        new TaskStartConfirmed(asked.taskId(), asked.attempt(), asked.token(), asked.askedAt()));
  }

  void toMachine(String type, Object payload) {
    send(QueueNames.machine(MACHINE), MessageEnvelope.of(type, "server", payload).encode());
  }

  void send(String queue, Buffer message) {
    queues.send(queue, message);
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private void renew(HttpServerRequest request) {
    String token = request.getHeader("authorization").substring("Bearer ".length());
    request
        .body()
        .onSuccess(
            body -> {
              JsonObject answer = renewal.answer(token, body.toJsonObject());
              shown.add(token);
              request
                  .response()
                  .setStatusCode(answer.containsKey("name") ? 200 : 410)
                  .end(answer.toBuffer());
            });
  }

  private void enrol(HttpServerRequest request) {
    if (request.path().startsWith(TestArtifacts.PATH)) {
      artifacts.handle(request);
      return;
    }
    if (renewal != null && request.path().equals("/api/v1/agents/secret")) {
      renew(request);
      return;
    }
    if (request.method() != HttpMethod.POST || !request.path().equals("/api/v1/agents/enrol")) {
      request.response().setStatusCode(404).end();
    } else if (!("Bearer " + TOKEN).equals(request.getHeader("authorization"))) {
      JsonObject problem = new JsonObject().put("detail", "no such registration token");
      request.response().setStatusCode(401).end(problem.toBuffer());
    } else {
      request.body().onSuccess(body -> enrolled(request, body.toJsonObject()));
    }
  }

  private void enrolled(HttpServerRequest request, JsonObject body) {
    enrolments.add(body);
    JsonObject answer =
        new JsonObject()
            .put("machineId", MACHINE)
            .put("token", "agent-token")
            .put("heartbeat", "200ms");
    request.response().setStatusCode(201).end(answer.toBuffer());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(15, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
