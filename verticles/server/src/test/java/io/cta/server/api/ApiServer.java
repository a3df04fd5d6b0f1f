package io.cta.server.api;

import io.cta.bus.Codecs;
import io.cta.domain.Role;
import io.cta.domain.TokenKind;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.executions.ExecutionStarter;
import io.cta.server.http.HeadRequests;
import io.cta.server.http.HttpLimits;
import io.cta.server.http.Mount;
import io.cta.server.http.PublicAddress;
import io.cta.server.security.Security;
import io.cta.server.security.SecuritySettings;
import io.cta.server.security.Tokens;
import io.cta.server.store.Collections;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A server with nothing but the API, over a store in memory, on a port of its own. */
final class ApiServer implements AutoCloseable {
  static final String REGISTRATION = "registration-token-of-the-tests";
  static final String ADMIN = "admin-token-of-the-tests";
  static final ApiSettings SETTINGS =
      new ApiSettings(
          64 * 1024, 2, Duration.ofSeconds(5), false, PublicAddress.NONE, HttpLimits.DEFAULT);

  final Vertx vertx = Vertx.vertx();
  final MutableClock clock = new MutableClock();
  final Stores stores;
  final Security security;
  private final Map<Role, String> tokens = new EnumMap<>(Role.class);
  private final HttpServer server;
  private volatile boolean room = true;

  /** Refuses new executions from now on, as when the disk is low. */
  void noRoom() {
    room = false;
  }

  private void requireRoom() {
    if (!room) {
      throw new ServiceFailure(ErrorCode.NO_SPACE, "no execution is taken: disk low");
    }
  }

  ApiServer() {
    this(new SecuritySettings(null, ADMIN, REGISTRATION, Duration.ofHours(1), false));
  }

  ApiServer(SecuritySettings settings) {
    this(settings, MemoryStore::new);
  }

  /** Over another store than one in memory. */
  ApiServer(Function<Vertx, DocumentStore> store) {
    this(new SecuritySettings(null, ADMIN, REGISTRATION, Duration.ofHours(1), false), store);
  }

  private ApiServer(SecuritySettings settings, Function<Vertx, DocumentStore> store) {
    Codecs.register(vertx);
    stores = new Stores(store.apply(vertx));
    wait(stores.documents.prepare(Collections.ALL));
    security = wait(Security.start(vertx, stores, settings, clock.time()));
    ExecutionStarter starter = new ExecutionStarter(vertx, stores, clock, this::requireRoom);
    Mount api = wait(Api.create(vertx, stores, security, SETTINGS, clock, starter));
    Router root = Router.router(vertx);
    api.mount(root);
    server =
        wait(
            vertx
                .createHttpServer(
                    new HttpServerOptions().setHost("127.0.0.1").setCompressionSupported(true))
                .requestHandler(new HeadRequests(root))
                .listen(0));
    for (Role role : Role.values()) {
      Tokens.Order order = Tokens.Order.of(TokenKind.API, role.wire()).role(role);
      tokens.put(role, wait(security.tokens.issue(order)).raw());
    }
  }

  /** Speaks with a token of that role. */
  ApiClient as(Role role) {
    return new ApiClient(url(), tokens.get(role));
  }

  ApiClient with(String token) {
    return new ApiClient(url(), token);
  }

  ApiClient admin() {
    return as(Role.ADMIN);
  }

  ApiClient nobody() {
    return new ApiClient(url(), null);
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** A suite, a configuration and a scenario named {@code nightly} of theirs. */
  void nightly() {
    ApiClient admin = admin();
    admin.post("/api/v1/testsuites", suite("suite", "one")).is(201);
    admin.post("/api/v1/configurations", new JsonObject().put("name", "any")).is(201);
    admin.post("/api/v1/scenarios", scenario("nightly", "suite", "any")).is(201);
  }

  static JsonObject suite(String name, String test) {
    return new JsonObject(
        "{\"name\":\"%s\",\"tests\":[{\"name\":\"%s\",\"stages\":[{\"run\":\"true\"}]}]}"
            .formatted(name, test));
  }

  static JsonObject scenario(String name, String suite, String configuration) {
    return new JsonObject()
        .put("name", name)
        .put("suite", suite)
        .put("configuration", configuration);
  }

  static <T> T wait(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    wait(stores.documents.close());
    wait(vertx.close());
  }
}
