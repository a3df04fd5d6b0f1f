package io.cta.server.launch;

import io.cta.broker.MessageBroker;
import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.BusCodecs;
import io.cta.server.api.contract.ApiContract;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.config.ServerConfig;
import io.cta.server.security.AccessControl;
import io.cta.server.security.SecuritySettings;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.StoreRepositories;
import io.cta.server.webhook.KeyFileStorage;
import io.cta.server.webhook.KeyStorage;
import io.cta.time.TimeSource;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server. Starts from the store upwards and opens its port last; stops in reverse, so that it
 * accepts nothing it could not store.
 */
public final class CtaServer {
  private static final Logger log = LoggerFactory.getLogger(CtaServer.class);

  private final Vertx vertx;
  private final ServerConfig config;
  private final BrokerConnection opened;
  private final MessageBroker broker;
  private final DocumentStore store;
  private final AccessControl security;
  private final ClusterNode node;
  private final TimeSource time;
  private final Future<ApiContract> contract;
  private final KeyStorage keys;
  private final Deque<String> deployments = new ArrayDeque<>();
  private int port;

  private CtaServer(
      Vertx vertx,
      ServerConfig config,
      BrokerConnection opened,
      DocumentStore store,
      AccessControl security,
      ClusterNode node,
      TimeSource time,
      Future<ApiContract> contract,
      KeyStorage keys) {
    this.keys = keys;
    this.node = node;
    this.contract = contract;
    this.time = time;
    this.vertx = vertx;
    this.config = config;
    this.opened = opened;
    this.broker = opened.broker();
    this.store = store;
    this.security = security;
  }

  /** Completes once the port is open. A server that fails to start releases everything. */
  public static Future<CtaServer> start(Vertx vertx, ServerConfig config) {
    return start(vertx, config, ClusterNode.ALONE);
  }

  /** Starts one of several servers, or the only one. */
  static Future<CtaServer> start(Vertx vertx, ServerConfig config, ClusterNode node) {
    TimeSource time = TimeSource.system();
    return start(
        vertx,
        config,
        node,
        time,
        () -> BrokerConnection.open(vertx, config, time, BrokerConnection.CONNECT_TIMEOUT));
  }

  /**
   * @param broker opens the broker that all nodes share
   */
  static Future<CtaServer> start(
      Vertx vertx,
      ServerConfig config,
      ClusterNode node,
      TimeSource time,
      Supplier<Future<BrokerConnection>> broker) {
    BusCodecs.register(vertx);
    // on a thread of its own, while the store and the broker are opened
    Future<ApiContract> contract = ApiContract.load(vertx);
    return StoreFactory.open(vertx, config, time.ticker())
        .compose(
            store ->
                broker
                    .get()
                    .compose(opened -> make(vertx, config, node, time, opened, store, contract))
                    .onFailure(e -> store.close()))
        .compose(
            server -> server.deploy().recover(e -> server.close().transform(done -> failed(e))));
  }

  private static Future<CtaServer> make(
      Vertx vertx,
      ServerConfig config,
      ClusterNode node,
      TimeSource time,
      BrokerConnection broker,
      DocumentStore store,
      Future<ApiContract> contract) {
    return AccessControl.start(
            vertx, new StoreRepositories(store), settings(config), time, node.alone())
        .compose(
            security ->
                vertx
                    .executeBlocking(() -> KeyFileStorage.open(config.data()))
                    .map(
                        keys ->
                            new CtaServer(
                                vertx, config, broker, store, security, node, time, contract,
                                keys)))
        .onFailure(e -> broker.broker().close());
  }

  /** The port in use. */
  public int port() {
    return port;
  }

  /** The URL for clients on this machine. */
  public String url() {
    String host = config.http().host();
    return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + port;
  }

  public AccessControl security() {
    return security;
  }

  public MessageBroker broker() {
    return broker;
  }

  /** Stops in the reverse order of the start; goes on when a part fails to stop. */
  public Future<Void> close() {
    Future<Void> chain = Future.succeededFuture();
    while (!deployments.isEmpty()) {
      String id = deployments.pop();
      chain = chain.compose(v -> vertx.undeploy(id)).recover(CtaServer::logged);
    }
    return chain
        .compose(v -> broker.close().recover(CtaServer::logged))
        .compose(v -> store.close().recover(CtaServer::logged));
  }

  private Future<CtaServer> deploy() {
    ServerComponents serverComponents =
        new ServerComponents(
            vertx,
            config,
            new StoreRepositories(store),
            broker,
            security,
            node,
            time,
            contract,
            keys);
    opened.onLost(serverComponents::lost);
    Future<Void> chain = Future.succeededFuture();
    for (Deployable service : serverComponents.inOrder()) {
      chain = chain.compose(v -> deploy(service));
    }
    return chain
        .compose(v -> EventBusCheck.pass(vertx, node, serverComponents.members()))
        .compose(
            v -> serverComponents.http(new HealthEndpoint(probe(), broker, node, serverComponents)))
        .compose(http -> deploy(http).onSuccess(v -> opened(http.port())))
        .map(this);
  }

  /** Announces that agents and clients can connect from now on. */
  private void opened(int actualPort) {
    port = actualPort;
    BusAdapter.announce(vertx, BusAddresses.SERVER_OPENED, config.http().host());
  }

  private StoreProbe probe() {
    return new StoreProbe(store, time.ticker(), node.alone() ? "health" : "health-" + node.id());
  }

  private Future<Void> deploy(Deployable service) {
    return vertx.deployVerticle(service).onSuccess(deployments::push).mapEmpty();
  }

  private static SecuritySettings settings(ServerConfig config) {
    ServerConfig.Security s = config.security();
    return new SecuritySettings(
        s.adminPassword().map(secret -> secret.value()).orElse(null),
        s.adminToken().map(secret -> secret.value()).orElse(null),
        s.registrationToken().map(secret -> secret.value()).orElse(null),
        s.sessionLifetime(),
        s.secureCookies());
  }

  private static Future<Void> logged(Throwable e) {
    log.warn("a part did not stop cleanly: {}", e.toString());
    return Future.succeededFuture();
  }

  private static <T> Future<T> failed(Throwable e) {
    return Future.failedFuture(e);
  }
}
