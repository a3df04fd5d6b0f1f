package io.cta.bench;

import io.cta.broker.Broker;
import io.cta.broker.LinkListener;
import io.cta.broker.QueueSpec;
import io.cta.broker.embedded.EmbeddedBroker;
import io.cta.broker.websocket.Frame;
import io.cta.broker.websocket.LinkOptions;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.message.Queues;
import io.cta.server.gateway.Gateway;
import io.cta.server.security.Principal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Messages per second through the embedded broker, and through a link and its gateway. */
@Command(name = "brokers", description = "Measures the brokers by themselves.")
final class Brokers implements Callable<Integer> {
  private static final String QUEUE = Queues.STATES;

  @Option(names = "--messages", description = "per round, default ${DEFAULT-VALUE}")
  private int messages = 500_000;

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

  @Override
  public Integer call() {
    System.out.print(Machine.describe());
    System.out.printf(
        "settings  %d messages of %d bytes a round, %d publishers, %d links, %d at once each%n%n",
        messages, size, publishers, links, atOnce);
    for (int round = 1; round <= rounds; round++) {
      System.out.printf("round %d of %d%n", round, rounds);
      for (QueueSpec.Confirm confirm : QueueSpec.Confirm.values()) {
        print("embedded, confirmed when " + confirm.name().toLowerCase(), embedded(confirm));
      }
      print("link to gateway to embedded, confirmed when safe", linked());
    }
    return 0;
  }

  /** What a round came to. */
  private record Rate(double perSecond, double cpuMicros) {}

  private void print(String what, Rate rate) {
    System.out.printf(
        "  %-50s %,10.0f messages/s, %5.1f µs of processor each%n",
        what, rate.perSecond(), rate.cpuMicros());
  }

  private Rate embedded(QueueSpec.Confirm confirm) {
    Vertx vertx = Vertx.vertx();
    try {
      Broker broker = new EmbeddedBroker(vertx);
      consume(broker, new QueueSpec(confirm, 3, 10_000_000));
      List<Broker> from = new ArrayList<>();
      for (int i = 0; i < publishers; i++) {
        from.add(broker);
      }
      return measure(vertx, from);
    } finally {
      vertx.close().await();
    }
  }

  private Rate linked() {
    Vertx vertx = Vertx.vertx();
    try {
      Broker broker = new EmbeddedBroker(vertx);
      consume(broker, QueueSpec.events());
      int port = serve(vertx, broker);
      List<Broker> from = new ArrayList<>();
      for (int i = 0; i < links; i++) {
        LinkOptions options =
            LinkOptions.of(URI.create("http://127.0.0.1:" + port), "m" + i, "s" + i)
                .bounded(atOnce, 10_000, 64L << 20);
        from.add(Loops.call(Loops.next(vertx), () -> connected(vertx, options)));
      }
      return measure(vertx, from);
    } finally {
      vertx.close().await();
    }
  }

  private static Future<Broker> connected(Vertx vertx, LinkOptions options) {
    WebSocketLink link = new WebSocketLink(vertx, options, new LinkListener() {});
    return link.connect().map(v -> link);
  }

  private static int serve(Vertx vertx, Broker broker) {
    Router router = Router.router(vertx);
    new Gateway(
            vertx,
            broker,
            token -> Future.succeededFuture(new Principal(token, null, null, null, token)),
            (machine, execution) -> Future.succeededFuture(true))
        .mount(router);
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .addWebSocketSubProtocol(Frame.PROTOCOL)
                    .setMaxWebSocketFrameSize(Frame.MAX_BYTES)
                    .setMaxWebSocketMessageSize(Frame.MAX_BYTES))
            .requestHandler(router);
    return server.listen(0, "127.0.0.1").await().actualPort();
  }

  private static void consume(Broker broker, QueueSpec spec) {
    broker.declare(QUEUE, spec).await();
    broker.declare(Queues.REGISTRATION, spec).await();
    broker.subscribe(QUEUE, 1000, message -> Future.succeededFuture()).await();
  }

  private Rate measure(Vertx vertx, List<Broker> from) {
    Buffer message = Buffer.buffer(new byte[size]);
    long each = messages / from.size();
    long begin = System.nanoTime();
    long cpu = Machine.cpuNanos();
    List<Future<Void>> all = new ArrayList<>();
    for (Broker broker : from) {
      Pump pump = new Pump(() -> broker.publish(QUEUE, message), each, atOnce);
      all.add(pump.run(Loops.next(vertx)));
    }
    Future.all(all).await();
    double sent = each * from.size();
    double nanos = System.nanoTime() - begin;
    return new Rate(sent * 1e9 / nanos, (Machine.cpuNanos() - cpu) / 1e3 / sent);
  }
}
