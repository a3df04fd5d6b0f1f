package io.cta.server.launch;

import io.cta.broker.KeptPort;
import io.cta.broker.MessageBroker;
import io.cta.bus.BusAddresses;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.config.ConfigLoader;
import io.cta.server.config.ConfigResult;
import io.cta.server.config.ServerConfig;
import io.cta.server.dashboard.LinkedAgent;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A cluster node in this JVM, on its own ports. Test thread only. */
final class TestNode {
  static final String ADMIN = "an-admin-token-for-tests-0123456789abcdef";
  private static final String REGISTRATION = "a-registration-token-for-tests-0123456789";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final int clusterPort = KeptPort.next();
  private Vertx vertx;
  private CtaServer server;
  private ClusterNode node;
  private boolean deaf;

  TestNode start(String mongo, MessageBroker shared, String members, Path data) throws Exception {
    Map<String, String> env = new HashMap<>();
    env.put("CTA_DATA", data.toString());
    env.put("CTA_HTTP_HOST", "127.0.0.1");
    env.put("CTA_HTTP_PORT", "0");
    env.put("CTA_STORE_TYPE", "mongo");
    env.put("CTA_STORE_MONGO_URL", mongo);
    env.put("CTA_AGENTS_LEASE", "2m");
    env.put("CTA_TRACKING_PARTITIONS", "2");
    env.put("CTA_CLUSTER_HOST", "127.0.0.1");
    env.put("CTA_CLUSTER_PORT", String.valueOf(clusterPort));
    env.put("CTA_CLUSTER_MEMBERS", members);
    env.put("CTA_CLUSTER_DEAD_AFTER", "2s");
    env.put("CTA_CLUSTER_BUS_PORT", String.valueOf(KeptPort.next()));
    env.put("CTA_SECURITY_ADMIN_TOKEN", ADMIN);
    env.put("CTA_SECURITY_REGISTRATION_TOKEN", REGISTRATION);
    ServerConfig config = ((ConfigResult.Loaded) ConfigLoader.load(Optional.empty(), env)).config();
    VertxOptions few = new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4);
    vertx = ClusteredVertx.join(few, config.cluster(), "cta-test").await(60, TimeUnit.SECONDS);
    vertx
        .eventBus()
        .addInboundInterceptor(
            delivery -> {
              if (!deaf || !delivery.message().address().equals(BusAddresses.NEWS)) {
                delivery.next();
              }
            });
    node = ClusterNode.of(vertx, config.cluster().deadAfter());
    BrokerConnection broker =
        new BrokerConnection(new NodeBroker(vertx, shared), new BrokerConnectionListener("-"));
    server =
        CtaServer.start(
                vertx, config, node, TimeSource.system(), () -> Future.succeededFuture(broker))
            .await(60, TimeUnit.SECONDS);
    return this;
  }

  String id() {
    return node.id();
  }

  Vertx vertx() {
    return vertx;
  }

  int port() {
    return server.port();
  }

  /** While on, neither other nodes' announcements nor its own reach this node. */
  void deaf(boolean on) {
    deaf = on;
  }

  LinkedAgent agent(String name) throws Exception {
    LinkedAgent agent = new LinkedAgent(vertx, name);
    agent.connect(port(), enrol(name));
    return agent;
  }

  JsonObject enrol(String name) throws Exception {
    JsonObject body = new JsonObject().put("name", name).put("hostname", "host-of-" + name);
    return call("POST", "/agents/enrol", REGISTRATION, body);
  }

  JsonObject get(String path) throws Exception {
    return call("GET", path, ADMIN, null);
  }

  JsonObject post(String path, JsonObject body) throws Exception {
    return call("POST", path, ADMIN, body);
  }

  JsonObject ready() throws Exception {
    return body(HTTP.send(request(server.url() + "/health/ready", ADMIN).build(), text()));
  }

  /** Subscribes to topics of the live feed; returns the queue of its messages. */
  BlockingQueue<JsonObject> watch(String... topics) throws Exception {
    BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    URI uri = URI.create("ws://127.0.0.1:" + port() + "/api/v1/live");
    WebSocket socket =
        HTTP.newWebSocketBuilder()
            .header("Authorization", "Bearer " + ADMIN)
            .buildAsync(uri, new JsonListener(heard))
            .get(20, TimeUnit.SECONDS);
    JsonObject subscribe =
        new JsonObject().put("subscribe", new JsonArray(java.util.List.of(topics)));
    socket.sendText(subscribe.encode(), true);
    JsonObject answer;
    do { // messages of a topic may come before the answer
      answer = heard.poll(20, TimeUnit.SECONDS);
    } while (answer != null && !"subscribed".equals(answer.getString("type")));
    if (answer == null) {
      throw new AssertionError("not subscribed");
    }
    return heard;
  }

  void close() throws Exception {
    if (server != null) {
      server.close().await(60, TimeUnit.SECONDS);
      server = null;
    }
    if (vertx != null) {
      vertx.close().await(60, TimeUnit.SECONDS);
      vertx = null;
    }
  }

  private JsonObject call(String method, String path, String token, JsonObject body)
      throws Exception {
    HttpRequest.BodyPublisher content =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body.encode());
    HttpRequest request =
        request(server.url() + "/api/v1" + path, token).method(method, content).build();
    HttpResponse<String> response = HTTP.send(request, text());
    if (response.statusCode() >= 300) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return body(response);
  }

  private static HttpRequest.Builder request(String url, String token) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json");
  }

  private static HttpResponse.BodyHandler<String> text() {
    return HttpResponse.BodyHandlers.ofString();
  }

  private static JsonObject body(HttpResponse<String> response) {
    return new JsonObject(response.body());
  }

  /** Joins the parts of a text message and queues it as JSON. */
  private static final class JsonListener implements WebSocket.Listener {
    private final BlockingQueue<JsonObject> heard;
    private final StringBuilder text = new StringBuilder();

    JsonListener(BlockingQueue<JsonObject> heard) {
      this.heard = heard;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        heard.add(new JsonObject(text.toString()));
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
