package io.cta.server.notify;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ExecutionRef;
import io.cta.error.FailureLogLimiter;
import io.cta.server.after.ConditionThread;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.outgoing.OutgoingClient;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.webhook.ChannelKeys;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Function;

/**
 * Carries out after-handlers and delivers messages. Each node has one; what they are to do is in
 * the store, where they claim it.
 */
public final class NotifyVerticle extends VerticleBase {
  private static final int MAX_BUSY = 16;
  private static final int MAX_WAITING = 10_000;
  private static final int PAGE = 1_000;

  private final StoreRepositories stores;
  private final ScenarioStarter starter;
  private final ChannelKeys keys;
  private final Function<String, String> links;
  private final OutgoingClient client;
  private final ClusterNode node;
  private final TimeSource time;
  private final NotifySettings settings;
  private final HandlerQueue queue;
  private final FailureLogLimiter failures =
      new FailureLogLimiter("the carrying out of after-handlers");
  private HandlerRunner runner;
  private DeliverySender sender;
  private boolean sweeping;

  /**
   * @param links the address at which people look at the execution with an id
   */
  public NotifyVerticle(
      StoreRepositories stores,
      ScenarioStarter starter,
      ChannelKeys keys,
      Function<String, String> links,
      OutgoingClient client,
      ClusterNode node,
      TimeSource time,
      NotifySettings settings) {
    this.stores = stores;
    this.starter = starter;
    this.keys = keys;
    this.links = links;
    this.client = client;
    this.node = node;
    this.time = time;
    this.settings = settings;
    queue = new HandlerQueue(MAX_BUSY, MAX_WAITING, settings.giveUp());
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
    sender =
        new DeliverySender(
            stores,
            new DeliveryAttempter(
                stores,
                new MessageSender(client, keys, settings.timeout()),
                new OutcomeWriter(vertx, stores, time.wall()),
                new DeliveryClaims(node.id(), node.alone(), settings.lease()),
                time),
            time);
    BusAdapter.<ExecutionRef>hear(vertx, BusAddresses.AFTER_DUE, ref -> told(ref.executionId()));
    BusAdapter.<String>hear(vertx, BusAddresses.DELIVERY_DUE, id -> sender.add(id));
    vertx.setPeriodic(settings.tick().toMillis(), id -> sender.tick());
    vertx.setPeriodic(settings.sweep().toMillis(), id -> sweep());
    return sender.load().compose(v -> findDue());
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
          .onFailure(failures::failed)
          .onComplete(v -> sweeping = false);
    }
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
