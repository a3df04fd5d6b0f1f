package io.cta.server.notify;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ExecutionRef;
import io.cta.error.FailureLogLimiter;
import io.cta.server.after.ConditionThread;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.forges.ForgeTokens;
import io.cta.server.jenkins.JenkinsBuilds;
import io.cta.server.mail.MailSender;
import io.cta.server.outgoing.OutgoingClient;
import io.cta.server.push.ResultPusher;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.webhook.ChannelKeys;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Carries out after-handlers and delivers messages. Each node has one; what they are to do is in
 * the store, where they claim it.
 */
public final class NotifyVerticle extends VerticleBase {
  private static final Duration FORGET_EVERY = Duration.ofHours(1);

  private final StoreRepositories stores;
  private final ScenarioStarter starter;
  private final ChannelKeys keys;
  private final ForgeTokens tokens;
  private final Function<String, String> links;
  private final OutgoingClient client;
  private final MailSender mails;
  private final ResultPusher pusher;
  private final ClusterNode node;
  private final TimeSource time;
  private final NotifySettings settings;
  private final FailureLogLimiter failures =
      new FailureLogLimiter("the carrying out of after-handlers");
  private DueWork handlers;
  private DueWork reports;
  private DueWork hooks;
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
      MailSender mails,
      ResultPusher pusher,
      ClusterNode node,
      TimeSource time,
      NotifySettings settings) {
    this.stores = stores;
    this.starter = starter;
    this.keys = keys;
    this.tokens = tokens;
    this.links = links;
    this.client = client;
    this.mails = mails;
    this.pusher = pusher;
    this.node = node;
    this.time = time;
    this.settings = settings;
  }

  @Override
  public Future<?> start() {
    DeliveryClaims claims = new DeliveryClaims(node.id(), node.alone(), settings.lease());
    OutcomeWriter outcomes = new OutcomeWriter(vertx, stores, time.wall());
    AttemptWriter attempts = new AttemptWriter(stores, outcomes, claims, time);
    ReportOutcomeWriter reported = new ReportOutcomeWriter(vertx, stores, time.wall());
    LineHolder lines =
        new LineHolder(stores, new LineClaims(node.id(), node.alone(), settings.lease()), time);
    sender =
        new DeliverySender(
            stores,
            new DeliveryAttempter(
                stores,
                new MessageSender(client, keys, settings.timeout()),
                attempts,
                new MailAttempter(mails, attempts, time),
                new BuildAttempter(
                    stores,
                    new JenkinsBuilds(client, tokens, settings.timeout()),
                    attempts,
                    outcomes,
                    time),
                new PushAttempter(pusher, attempts, time),
                claims,
                new ReportAttempter(
                    stores,
                    new ReportSender(forges(OutgoingClient.MAX_ANSWER), tokens),
                    reported,
                    attempts,
                    lines,
                    new NoteAttempter(
                        stores,
                        new NoteSender(forges(NoteSender.MAX_BYTES), tokens, time),
                        reported,
                        lines,
                        time),
                    time),
                time),
            time);
    RecordCleanup cleanup = new RecordCleanup(stores.documents, time);
    handlers = handlers();
    reports = reports();
    hooks = hooks();
    BusAdapter.<ExecutionRef>hear(
        vertx, BusAddresses.AFTER_DUE, ref -> handlers.told(ref.executionId()));
    BusAdapter.<ExecutionRef>hear(
        vertx, BusAddresses.REPORT_DUE, ref -> reports.told(ref.executionId()));
    BusAdapter.<String>hear(vertx, BusAddresses.HOOK_DUE, id -> hooks.told(id));
    BusAdapter.<String>hear(vertx, BusAddresses.DELIVERY_DUE, id -> sender.add(id));
    vertx.setPeriodic(settings.tick().toMillis(), id -> sender.tick());
    vertx.setPeriodic(settings.sweep().toMillis(), id -> sweep());
    vertx.setPeriodic(
        FORGET_EVERY.toMillis(), id -> cleanup.forgetOld().onFailure(failures::failed));
    return pusher.prepare().compose(v -> sender.load()).compose(v -> find());
  }

  private ForgeClient forges(int maxBytes) {
    return new ForgeClient(client, settings.timeout(), maxBytes);
  }

  private DueWork handlers() {
    HandlerRunner runner =
        new HandlerRunner(
            vertx,
            stores,
            new EventWriter(stores, links),
            starter,
            ConditionThread.of(vertx),
            time.wall());
    return due(
        StoreCollections.EXECUTIONS,
        "afterDue",
        (id, lastTry) ->
            runner
                .run(id, lastTry)
                .onSuccess(
                    deliveries -> {
                      failures.succeeded();
                      deliveries.forEach(sender::add);
                    }));
  }

  private DueWork reports() {
    ReportRunner runner = new ReportRunner(vertx, stores, links, time.wall());
    return due(
        StoreCollections.EXECUTIONS,
        "reportDue",
        (id, lastTry) -> runner.run(id).onSuccess(deliveries -> deliveries.forEach(sender::add)));
  }

  private DueWork hooks() {
    return due(StoreCollections.HOOK_EVENTS, "due", new HookRunner(stores, starter)::run);
  }

  private DueWork due(
      CollectionSpec collection, String field, BiFunction<String, Boolean, Future<?>> work) {
    return new DueWork(
        stores.documents, collection, field, time, settings.giveUp(), work, failures::failed);
  }

  private Future<Void> find() {
    return handlers.find().compose(v -> reports.find()).compose(v -> hooks.find());
  }

  private void sweep() {
    if (!sweeping) {
      sweeping = true;
      sender
          .sweep()
          .compose(v -> find())
          .onFailure(failures::failed)
          .onComplete(v -> sweeping = false);
    }
  }
}
