package io.cta.server.notify;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ExecutionRef;
import io.cta.error.FailureLogLimiter;
import io.cta.json.InstantText;
import io.cta.server.after.ConditionThread;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.forges.ForgeTokens;
import io.cta.server.outgoing.OutgoingClient;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.webhook.ChannelKeys;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.function.Function;

/**
 * Carries out after-handlers and delivers messages. Each node has one; what they are to do is in
 * the store, where they claim it.
 */
public final class NotifyVerticle extends VerticleBase {
  private static final int MAX_BUSY = 16;
  private static final int MAX_WAITING = 10_000;
  private static final int PAGE = 1_000;
  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final Duration FORGET_LINES_AFTER = Duration.ofDays(30);
  private static final Duration FORGET_CALLS_AFTER = Duration.ofDays(7);

  private final StoreRepositories stores;
  private final ScenarioStarter starter;
  private final ChannelKeys keys;
  private final ForgeTokens tokens;
  private final Function<String, String> links;
  private final OutgoingClient client;
  private final ClusterNode node;
  private final TimeSource time;
  private final NotifySettings settings;
  private final HandlerQueue queue;
  private final HandlerQueue reportQueue;
  private final HandlerQueue hookQueue;
  private final FailureLogLimiter failures =
      new FailureLogLimiter("the carrying out of after-handlers");
  private HandlerRunner runner;
  private ReportRunner reports;
  private HookRunner hooks;
  private DeliverySender sender;
  private boolean sweeping;

  /**
   * @param links the address at which people look at the execution with an id
   */
  public NotifyVerticle(
      StoreRepositories stores,
      ScenarioStarter starter,
      ChannelKeys keys,
      ForgeTokens tokens,
      Function<String, String> links,
      OutgoingClient client,
      ClusterNode node,
      TimeSource time,
      NotifySettings settings) {
    this.stores = stores;
    this.starter = starter;
    this.keys = keys;
    this.tokens = tokens;
    this.links = links;
    this.client = client;
    this.node = node;
    this.time = time;
    this.settings = settings;
    queue = new HandlerQueue(MAX_BUSY, MAX_WAITING, settings.giveUp());
    hookQueue = new HandlerQueue(MAX_BUSY, MAX_WAITING, settings.giveUp());
    reportQueue = new HandlerQueue(MAX_BUSY, MAX_WAITING, settings.giveUp());
  }

  @Override
  public Future<?> start() {
    runner =
        new HandlerRunner(
            vertx,
            stores,
            new EventWriter(stores, links),
            starter,
            ConditionThread.of(vertx),
            time.wall());
    reports = new ReportRunner(vertx, stores, links, time.wall());
    sender =
        new DeliverySender(
            stores,
            new DeliveryAttempter(
                stores,
                new MessageSender(client, keys, settings.timeout()),
                new OutcomeWriter(vertx, stores, time.wall()),
                new DeliveryClaims(node.id(), node.alone(), settings.lease()),
                new ReportAttempter(
                    stores,
                    new ReportSender(client, tokens, settings.timeout()),
                    new ReportOutcomeWriter(vertx, stores, time.wall()),
                    new LineClaims(node.id(), node.alone(), settings.lease()),
                    time),
                time),
            time);
    BusAdapter.<ExecutionRef>hear(vertx, BusAddresses.AFTER_DUE, ref -> told(ref.executionId()));
    BusAdapter.<ExecutionRef>hear(
        vertx,
        BusAddresses.REPORT_DUE,
        ref -> {
          reportQueue.told(ref.executionId());
          workOnReports();
        });
    hooks = new HookRunner(stores, starter);
    BusAdapter.<String>hear(
        vertx,
        BusAddresses.HOOK_DUE,
        id -> {
          hookQueue.told(id);
          workOnHooks();
        });
    BusAdapter.<String>hear(vertx, BusAddresses.DELIVERY_DUE, id -> sender.add(id));
    vertx.setPeriodic(settings.tick().toMillis(), id -> sender.tick());
    vertx.setPeriodic(settings.sweep().toMillis(), id -> sweep());
    vertx.setPeriodic(FORGET_EVERY.toMillis(), id -> forgetOld().onFailure(failures::failed));
    return sender
        .load()
        .compose(v -> findDue())
        .compose(v -> findReports())
        .compose(v -> findHooks());
  }

  private void told(String executionId) {
    queue.told(executionId);
    work();
  }

  private void work() {
    queue.take().forEach(this::run);
  }

  private void run(String executionId) {
    runner
        .run(executionId, queue.isLastTry(executionId, time.nanos()))
        .onComplete(
            deliveries -> {
              failures.succeeded();
              deliveries.forEach(sender::add);
              over(executionId);
            },
            e -> {
              failures.failed(e);
              over(executionId);
            });
  }

  private void over(String executionId) {
    queue.over(executionId);
    work();
  }

  private void sweep() {
    if (!sweeping) {
      sweeping = true;
      sender
          .sweep()
          .compose(v -> findDue())
          .compose(v -> findReports())
          .compose(v -> findHooks())
          .onFailure(failures::failed)
          .onComplete(v -> sweeping = false);
    }
  }

  private void workOnReports() {
    reportQueue.take().forEach(this::report);
  }

  private void report(String executionId) {
    reports
        .run(executionId)
        .onSuccess(deliveries -> deliveries.forEach(sender::add))
        .onFailure(failures::failed)
        .onComplete(
            done -> {
              reportQueue.over(executionId);
              workOnReports();
            });
  }

  private Future<Void> findReports() {
    DocumentQuery due =
        DocumentQuery.of(
                StoreCollections.EXECUTIONS,
                DocumentFilter.ALL.and("reportDue", DocumentFilter.Op.EXISTS),
                PAGE)
            .sortedBy("reportDue", false);
    return stores
        .executions
        .find(due)
        .map(
            page -> {
              reportQueue.found(
                  page.items().stream().map(found -> found.value().id()).toList(), time.nanos());
              workOnReports();
              return null;
            });
  }

  private void workOnHooks() {
    hookQueue.take().forEach(this::startOf);
  }

  private void startOf(String eventId) {
    hooks
        .run(eventId, hookQueue.isLastTry(eventId, time.nanos()))
        .onFailure(failures::failed)
        .onComplete(
            done -> {
              hookQueue.over(eventId);
              workOnHooks();
            });
  }

  private Future<Void> findHooks() {
    DocumentQuery due =
        DocumentQuery.of(
                StoreCollections.HOOK_EVENTS,
                DocumentFilter.ALL.and("due", DocumentFilter.Op.EXISTS),
                PAGE)
            .sortedBy("due", false);
    return stores
        .hookEvents
        .find(due)
        .map(
            page -> {
              hookQueue.found(
                  page.items().stream().map(found -> found.value().id()).toList(), time.nanos());
              workOnHooks();
              return null;
            });
  }

  private Future<Void> forgetOld() {
    return forget(StoreCollections.COMMIT_LINES, "updatedAt", FORGET_LINES_AFTER)
        .compose(v -> forget(StoreCollections.HOOK_EVENTS, "at", FORGET_CALLS_AFTER));
  }

  private Future<Void> forget(CollectionSpec collection, String field, Duration after) {
    String before = InstantText.format(time.now().minus(after));
    DocumentQuery old =
        DocumentQuery.of(
            collection, DocumentFilter.ALL.and(field, DocumentFilter.Op.LT, before), PAGE);
    return stores
        .documents
        .find(old)
        .compose(
            page ->
                stores.documents.apply(
                    page.items().stream()
                        .<DocumentWrite>map(
                            found ->
                                new DocumentWrite.Delete(collection, found.id(), found.version()))
                        .toList()))
        .mapEmpty();
  }

  /** What nobody announced here: of other nodes, of an earlier run, or what is tried again. */
  private Future<Void> findDue() {
    DocumentQuery due =
        DocumentQuery.of(
                StoreCollections.EXECUTIONS,
                DocumentFilter.ALL.and("afterDue", DocumentFilter.Op.EXISTS),
                PAGE)
            .sortedBy("afterDue", false);
    return stores
        .executions
        .find(due)
        .map(
            page -> {
              queue.found(
                  page.items().stream().map(found -> found.value().id()).toList(), time.nanos());
              work();
              return null;
            });
  }
}
