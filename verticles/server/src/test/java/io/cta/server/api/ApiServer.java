package io.cta.server.api;

import io.cta.bus.BusCodecs;
import io.cta.domain.AccessRole;
import io.cta.domain.TokenKind;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.api.contract.ApiContract;
import io.cta.server.api.http.ApiSettings;
import io.cta.server.artifacts.ArtifactServices;
import io.cta.server.artifacts.ArtifactSettings;
import io.cta.server.artifacts.BucketSettings;
import io.cta.server.executions.ExecutionStarter;
import io.cta.server.http.HeadRequestHandler;
import io.cta.server.http.HttpEndpoint;
import io.cta.server.http.HttpLimits;
import io.cta.server.http.PublicAddress;
import io.cta.server.outgoing.AddressGuard;
import io.cta.server.outgoing.OutgoingAllow;
import io.cta.server.secrets.SecretCipher;
import io.cta.server.secrets.SecretKeys;
import io.cta.server.security.AccessControl;
import io.cta.server.security.SecuritySettings;
import io.cta.server.security.TokenRegistry;
import io.cta.server.sim.TestClock;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.webhook.ChannelKeys;
import io.cta.server.webhook.ChannelSafety;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;

/** A server with only the API, over a store in memory, on its own port. */
public final class ApiServer implements AutoCloseable {
  public static final String REGISTRATION = "registration-token-of-the-tests";
  static final String ADMIN = "admin-token-of-the-tests";
  public static final SecretCipher CIPHER =
      SecretCipher.with(SecretKeys.parse("A".repeat(43) + "="));
  static final ApiSettings SETTINGS =
      new ApiSettings(
          64 * 1024, 2, Duration.ofSeconds(5), false, PublicAddress.NONE, HttpLimits.DEFAULT);

  /** Most bytes of an artifact; an attempt may have twice that. */
  public static final int MAX_ARTIFACT = 12 << 20;

  public final Vertx vertx = Vertx.vertx();
  public final TestClock clock = new TestClock();
  public final StoreRepositories stores;
  public final AccessControl security;
  public final ChannelSafety channels =
      new ChannelSafety(
          new ChannelKeys(CIPHER), new AddressGuard(OutgoingAllow.parse("127.0.0.1")), true);
  public final ArtifactServices artifacts;

  /** The contents of artifacts. */
  public final Path files = temporary();

  private final Map<AccessRole, String> tokens = new EnumMap<>(AccessRole.class);
  private final HttpServer server;
  private volatile boolean room = true;

  /** Refuses new executions from now on, as when the disk is low. */
  public void noRoom() {
    room = false;
  }

  private void requireRoom() {
    if (!room) {
      throw new ServiceFailure(ErrorCode.NO_SPACE, "no execution is taken: disk low");
    }
  }

  public ApiServer() {
    this(new SecuritySettings(null, ADMIN, REGISTRATION, Duration.ofHours(1), false));
  }

  public ApiServer(SecuritySettings settings) {
    this(settings, MemoryStore::new);
  }

  /** Uses another store than one in memory. */
  public ApiServer(Function<Vertx, DocumentStore> store) {
    this(new SecuritySettings(null, ADMIN, REGISTRATION, Duration.ofHours(1), false), store);
  }

  /** Keeps artifacts in a bucket. */
  public ApiServer(BucketSettings bucket) {
    this(
        new SecuritySettings(null, ADMIN, REGISTRATION, Duration.ofHours(1), false),
        MemoryStore::new,
        bucket);
  }

  private ApiServer(SecuritySettings settings, Function<Vertx, DocumentStore> store) {
    this(settings, store, null);
  }

  private ApiServer(
      SecuritySettings settings, Function<Vertx, DocumentStore> store, BucketSettings bucket) {
    BusCodecs.register(vertx);
    stores = new StoreRepositories(store.apply(vertx));
    wait(stores.documents.prepare(StoreCollections.ALL));
    security = wait(AccessControl.start(vertx, stores, settings, clock.time()));
    ExecutionStarter starter = new ExecutionStarter(vertx, stores, clock, this::requireRoom);
    ArtifactSettings limits =
        new ArtifactSettings(files, null, MAX_ARTIFACT, 2 * MAX_ARTIFACT, 5, Duration.ofMinutes(1));
    artifacts =
        bucket == null
            ? ArtifactServices.inDirectory(vertx, stores, limits, clock)
            : ArtifactServices.inBucket(vertx, stores, limits, bucket, clock);
    HttpEndpoint api =
        new RestApi(
            vertx,
            wait(ApiContract.load(vertx)),
            stores,
            security,
            CIPHER,
            SETTINGS,
            clock,
            starter,
            channels,
            artifacts);
    Router root = Router.router(vertx);
    api.mount(root);
    server =
        wait(
            vertx
                .createHttpServer(
                    new HttpServerOptions()
                        // as the shipped server has it
                        .setHttp2ClearTextEnabled(false)
                        .setHost("127.0.0.1")
                        .setCompressionSupported(true))
                .requestHandler(new HeadRequestHandler(root))
                .listen(0));
    for (AccessRole role : AccessRole.values()) {
      TokenRegistry.TokenRequest tokenRequest =
          TokenRegistry.TokenRequest.of(TokenKind.API, role.wire()).role(role);
      tokens.put(role, wait(security.tokens.issue(tokenRequest)).raw());
    }
  }

  /** A client with a token of that role. */
  public TestApiClient as(AccessRole role) {
    return new TestApiClient(url(), tokens.get(role));
  }

  public TestApiClient with(String token) {
    return new TestApiClient(url(), token);
  }

  public TestApiClient admin() {
    return as(AccessRole.ADMIN);
  }

  public TestApiClient nobody() {
    return new TestApiClient(url(), null);
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** Creates a suite, a configuration and a scenario named {@code nightly} that uses them. */
  public void nightly() {
    TestApiClient admin = admin();
    admin.post("/api/v1/testsuites", suite("suite", "one")).is(201);
    admin.post("/api/v1/configurations", new JsonObject().put("name", "any")).is(201);
    admin.post("/api/v1/scenarios", scenario("nightly", "suite", "any")).is(201);
  }

  public static JsonObject suite(String name, String test) {
    return new JsonObject(
        "{\"name\":\"%s\",\"tests\":[{\"name\":\"%s\",\"stages\":[{\"run\":\"true\"}]}]}"
            .formatted(name, test));
  }

  public static JsonObject scenario(String name, String suite, String configuration) {
    return new JsonObject()
        .put("name", name)
        .put("suite", suite)
        .put("configuration", configuration);
  }

  public static <T> T wait(Future<T> future) {
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
    try (Stream<Path> all = Files.walk(files)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("cta-artifacts");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
