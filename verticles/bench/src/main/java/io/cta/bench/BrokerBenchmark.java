package io.cta.bench;

import io.cta.broker.LinkListener;
import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSpec;
import io.cta.broker.embedded.EmbeddedBroker;
import io.cta.broker.websocket.LinkFrame;
import io.cta.broker.websocket.LinkOptions;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.domain.IdGenerator;
import io.cta.domain.TokenKind;
import io.cta.message.QueueNames;
import io.cta.server.access.AuthenticatedPrincipal;
import io.cta.server.access.RequestAuthenticator;
import io.cta.server.gateway.AgentGateway;
import io.cta.server.http.PublicAddress;
import io.cta.time.MonotonicClock;
import io.cta.time.TimeSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures messages per second through a broker, and through agents' links and their gateway. */
@Command(
    name = "brokers",
    mixinStandardHelpOptions = true,
    description = "Measures a broker by itself; RabbitMQ and Kafka next to their bare client.")
final class BrokerBenchmark implements Callable<Integer> {
  private static final String QUEUE = QueueNames.STATES;

  private static final int EMBEDDED_MESSAGES = 500_000;
  private static final int DURABLE_MESSAGES = 50_000;

  @Mixin private BrokerChoice choice = new BrokerChoice();

  @Option(
      names = "--messages",
      description =
          "per round, default " + EMBEDDED_MESSAGES + " embedded, else " + DURABLE_MESSAGES)
  private Integer given;

  @Option(names = "--size", description = "bytes of a message, default ${DEFAULT-VALUE}")
  private int size = 300;

  @Option(names = "--publishers", description = "event loops, default ${DEFAULT-VALUE}")
  private int publishers = 2;

  @Option(names = "--links", description = "links to the gateway, default ${DEFAULT-VALUE}")
  private int links = 4;

  @Option(names = "--at-once", description = "unconfirmed publishes each, default ${DEFAULT-VALUE}")
  private int atOnce = 256;

  @Option(names = "--rounds", description = "the first ones warm up, default ${DEFAULT-VALUE}")
  private int rounds = 4;

  private int messages;

  @Override
  public Integer call() throws Exception {
    boolean embedded = choice.kind() == BrokerChoice.Kind.embedded;
    messages = given != null ? given : embedded ? EMBEDDED_MESSAGES : DURABLE_MESSAGES;
    System.out.print(SystemInfo.describe());
    System.out.printf(
        "settings  broker %s, %d messages of %d bytes a round, %d publishers, %d links, %d at once"
            + " each%n%n",
        choice.kind(), messages, size, publishers, links, atOnce);
    awaitUp();
    for (int round = 1; round <= rounds; round++) {
      System.out.printf("round %d of %d%n", round, rounds);
      if (embedded) {
        for (QueueSpec.Confirm confirm : QueueSpec.Confirm.values()) {
          direct(new QueueSpec(confirm, 3, 10_000_000))
              .print("embedded, confirmed when " + confirm.name().toLowerCase());
        }
        linked().print("link to gateway to embedded, confirmed when safe");
      } else {
        compare();
      }
    }
    return 0;
  }

  /** Carries the same messages through the bare client and then through CTA. */
  private void compare() throws Exception {
    RawBroker raw = choice.raw();
    ThroughputResult bare =
        ThroughputResult.of(
            messages,
            () -> {
              raw.carry(messages, size, publishers, atOnce);
              return null;
            });
    bare.print(choice.kind() + ", its client alone, confirmed when durable");
    ThroughputResult ours = direct(QueueSpec.events());
    ours.print(choice.kind() + " through CTA, confirmed when durable");
    System.out.printf(
        "  %50s %9.0f %% of the bare client%n", "", 100 * ours.perSecond() / bare.perSecond());
  }

  /** Waits until the broker works; one that was just started for the benchmark is slow at first. */
  private void awaitUp() {
    Vertx vertx = Vertx.vertx();
    open(vertx).close().eventually(vertx::close).await();
  }

  private MessageBroker open(Vertx vertx) {
    return choice.kind() == BrokerChoice.Kind.embedded
        ? new EmbeddedBroker(vertx, Clock.systemUTC())
        : EventLoops.call(EventLoops.next(vertx), () -> choice.connect(vertx));
  }

  private ThroughputResult direct(QueueSpec spec) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      MessageBroker broker = open(vertx);
      // a new queue: a durable broker may still have those of earlier runs
      String queue = "cta.bench." + IdGenerator.next();
      consume(broker, queue, spec);
      List<MessageBroker> from = new ArrayList<>();
      for (int i = 0; i < publishers; i++) {
        from.add(broker);
      }
      ThroughputResult rate = measure(vertx, from, queue);
      broker.delete(queue).await();
      broker.close().await();
      return rate;
    } finally {
      vertx.close().await();
    }
  }

  private ThroughputResult linked() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      MessageBroker broker = new EmbeddedBroker(vertx, Clock.systemUTC());
      consume(broker, QUEUE, QueueSpec.events());
      broker.declare(QueueNames.REGISTRATION, QueueSpec.events()).await();
      int port = serve(vertx, broker);
      List<MessageBroker> from = new ArrayList<>();
      for (int i = 0; i < links; i++) {
        LinkOptions options =
            LinkOptions.of(URI.create("http://127.0.0.1:" + port), "m" + i, "s" + i)
                .bounded(atOnce, 10_000, 64L << 20);
        from.add(EventLoops.call(EventLoops.next(vertx), () -> connected(vertx, options)));
      }
      return measure(vertx, from, QUEUE);
    } finally {
      vertx.close().await();
    }
  }

  private static Future<MessageBroker> connected(Vertx vertx, LinkOptions options) {
    WebSocketLink link =
        new WebSocketLink(vertx, MonotonicClock.system(), options, new LinkListener() {});
    return link.connect().map(v -> link);
  }

  private static AuthenticatedPrincipal agent(String token) {
    return new AuthenticatedPrincipal(token, null, null, TokenKind.AGENT, token);
  }

  private static int serve(Vertx vertx, MessageBroker broker) {
    Router router = Router.router(vertx);
    new AgentGateway(
            vertx,
            broker,
            new RequestAuthenticator(
                token -> Future.succeededFuture(agent(token)),
                cookie -> Future.failedFuture("agents have no session"),
                PublicAddress.NONE),
            (machine, execution) -> Future.succeededFuture(true),
            TimeSource.system())
        .mount(router);
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .addWebSocketSubProtocol(LinkFrame.PROTOCOL)
                    .setMaxWebSocketFrameSize(LinkFrame.MAX_BYTES)
                    .setMaxWebSocketMessageSize(LinkFrame.MAX_BYTES))
            .requestHandler(router);
    return server.listen(0, "127.0.0.1").await().actualPort();
  }

  private static void consume(MessageBroker broker, String queue, QueueSpec spec) {
    broker.declare(queue, spec).await();
    broker.subscribe(queue, 1000, message -> Future.succeededFuture()).await();
  }

  private ThroughputResult measure(Vertx vertx, List<MessageBroker> from, String queue)
      throws Exception {
    Buffer message = Buffer.buffer(new byte[size]);
    long each = messages / from.size();
    List<Context> loops = from.stream().map(b -> EventLoops.next(vertx)).toList();
    return ThroughputResult.of(
        each * from.size(),
        () -> {
          List<Future<Void>> all = new ArrayList<>();
          for (int i = 0; i < from.size(); i++) {
            MessageBroker broker = from.get(i);
            all.add(
                new BoundedRepeater(() -> broker.publish(queue, message), each, atOnce)
                    .run(loops.get(i)));
          }
          return Future.all(all).await();
        });
  }
}
