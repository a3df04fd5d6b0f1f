package io.cta.server.notify;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.BusCodecs;
import io.cta.bus.ExecutionRef;
import io.cta.domain.AfterHandler;
import io.cta.domain.AfterNotification;
import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterStart;
import io.cta.domain.AfterTrigger;
import io.cta.domain.ChannelBuilder;
import io.cta.domain.ConfigurationBuilder;
import io.cta.domain.Delivery;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.ExecutionSpec;
import io.cta.domain.IdGenerator;
import io.cta.domain.Result;
import io.cta.domain.ScenarioBuilder;
import io.cta.domain.State;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.executions.ScenarioStartRequest;
import io.cta.server.forges.ForgeTokens;
import io.cta.server.mail.MailLetter;
import io.cta.server.mail.MailSender;
import io.cta.server.outgoing.AddressGuard;
import io.cta.server.outgoing.OutgoingAllow;
import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.server.outgoing.OutgoingClient;
import io.cta.server.outgoing.SystemHostResolver;
import io.cta.server.push.ResultPusher;
import io.cta.server.secrets.SecretCipher;
import io.cta.server.secrets.SecretKeys;
import io.cta.server.sim.TestClock;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.webhook.ChannelKeys;
import io.cta.server.webhook.SigningKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The verticle that carries out handlers, over a store in memory, with time that stands still. */
final class NotifyFixture implements AutoCloseable {
  private static final NotifySettings FAST =
      new NotifySettings(
          Duration.ofMillis(10),
          Duration.ofMillis(20),
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          Duration.ofDays(1));

  final Vertx vertx = Vertx.vertx();
  final TestClock clock = new TestClock();
  final StoreRepositories stores = new StoreRepositories(new MemoryStore(vertx));
  final SecretCipher cipher = SecretCipher.with(SecretKeys.parse("A".repeat(43) + "="));
  final ChannelKeys keys = new ChannelKeys(cipher);
  final ForgeTokens tokens = new ForgeTokens(cipher);
  final SigningKey key = SigningKey.random();

  /** Files under way, a directory for each node. */
  private final Path directory = Path.of("target", "notify", IdGenerator.next());

  final List<ScenarioStartRequest> started = new CopyOnWriteArrayList<>();

  final List<MailLetter> letters = new CopyOnWriteArrayList<>();

  /** What the mail server says to a letter, which is in the list by then. */
  volatile MailSender mails =
      letter -> Future.succeededFuture(new OutgoingAnswer(250, null, null, "ok"));

  /** What a start comes to. */
  volatile Function<ScenarioStartRequest, Future<String>> starter =
      request -> Future.succeededFuture(request.executionId());

  NotifyFixture() {
    BusCodecs.register(vertx);
    stores.documents.prepare(StoreCollections.ALL).await();
  }

  String deploy() {
    return deploy(ClusterNode.ALONE);
  }

  String deploy(ClusterNode node) {
    AddressGuard guard = new AddressGuard(OutgoingAllow.parse("127.0.0.1"));
    OutgoingClient client = new OutgoingClient(vertx, new SystemHostResolver(vertx), guard);
    return vertx
        .deployVerticle(
            new NotifyVerticle(
                stores,
                request -> {
                  started.add(request);
                  return starter.apply(request);
                },
                keys,
                tokens,
                id -> "https://cta.example/#/executions/" + id,
                client,
                letter -> {
                  letters.add(letter);
                  return mails.send(letter);
                },
                new ResultPusher(
                    vertx,
                    stores,
                    cipher,
                    client,
                    directory.resolve(IdGenerator.next()),
                    id -> "https://cta.example/#/executions/" + id,
                    clock.time().wall()),
                node,
                clock.time(),
                FAST))
        .await();
  }

  /** Stores a channel with the key of this fixture. */
  void channel(String name, String url) {
    stores
        .channels
        .insert(
            "id-" + name,
            ChannelBuilder.builder()
                .id("id-" + name)
                .name(name)
                .url(url)
                .key(keys.seal(key))
                .build())
        .await();
  }

  static AfterHandler tells(String when, String... channels) {
    return new AfterHandler(
        when, null, new AfterNotification(List.of(), List.of(channels)), null, null, null, null);
  }

  static AfterHandler starts(AfterTrigger on, String scenario, Map<String, String> parameters) {
    return new AfterHandler(
        null, on, null, new AfterStart(scenario, parameters, null), null, null, null);
  }

  /** Stores an execution that is over, and does not tell anybody. */
  Execution over(Result result, List<AfterHandler> handlers) {
    return over(result, handlers, execution -> execution);
  }

  Execution over(Result result, List<AfterHandler> handlers, UnaryOperator<Execution> change) {
    String id = IdGenerator.next();
    Execution execution =
        change.apply(
            ExecutionBuilder.builder()
                .id(id)
                .scenarioId("S")
                .scenarioName("nightly")
                .state(State.FINISHED)
                .result(result)
                .requestedBy("ann")
                .requestedAt(clock.instant())
                .finishedAt(clock.instant())
                .after(AfterOutcome.waiting(handlers))
                .afterDue(handlers.isEmpty() ? null : clock.instant())
                .build());
    ExecutionSnapshot snapshot =
        new ExecutionSnapshot(
            ScenarioBuilder.builder()
                .id("S")
                .name("nightly")
                .suite("suite")
                .configuration("any")
                .after(handlers)
                .build(),
            ConfigurationBuilder.builder().id("C").name("any").build(),
            "suite",
            List.of(),
            List.of(),
            List.of(),
            Map.of());
    stores
        .documents
        .apply(
            List.of(
                stores.specs.inserting(
                    new ExecutionSpec(id, snapshot, "ann", clock.instant(), null)),
                stores.executions.inserting(id, execution)))
        .await();
    return execution;
  }

  /** Announces the end of an execution on this node. */
  void tell(Execution execution) {
    BusAdapter.announce(vertx, BusAddresses.AFTER_DUE, new ExecutionRef(execution.id()));
  }

  /** The outcomes once they are as wanted. */
  List<AfterOutcome> outcomes(Execution execution, Predicate<List<AfterOutcome>> wanted) {
    return until(() -> stores.executions.get(execution.id()).await().value().after(), wanted);
  }

  /** The outcomes once none is open or on its way. */
  List<AfterOutcome> settled(Execution execution) {
    return outcomes(
        execution,
        all ->
            all.stream()
                .noneMatch(o -> o.state().open() || o.state() == io.cta.domain.AfterState.SENDING));
  }

  List<Delivery> deliveries() {
    return stores
        .deliveries
        .find(DocumentQuery.of(StoreCollections.DELIVERIES, DocumentFilter.ALL, 1_000))
        .await()
        .items()
        .stream()
        .map(found -> found.value())
        .toList();
  }

  /**
   * What is looked at once it is as wanted, while time passes. A sender stores what came of an
   * attempt before it plans the next one, so one step of the clock could come between the two.
   */
  <T> T untilLater(Duration step, Supplier<T> what, Predicate<T> wanted) {
    return until(
        () -> {
          T found = what.get();
          if (!wanted.test(found)) {
            clock.advance(step);
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
          }
          return found;
        },
        wanted);
  }

  static <T> T until(Supplier<T> what, Predicate<T> wanted) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      T found = what.get();
      if (wanted.test(found)) {
        return found;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("never came about, still: " + found);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
    }
  }

  /** Files of results that are not removed yet. */
  List<String> filesUnderWay() {
    return vertx.fileSystem().readDir(directory.toString()).await().stream()
        .flatMap(node -> vertx.fileSystem().readDir(node).await().stream())
        .toList();
  }

  @Override
  public void close() {
    if (vertx.fileSystem().exists(directory.toString()).await()) {
      vertx.fileSystem().deleteRecursive(directory.toString()).await();
    }
    vertx.close().await();
  }
}
