package io.cta.broker.kafka;

import io.cta.broker.Answer;
import io.cta.broker.Broker;
import io.cta.broker.BrokerHealth;
import io.cta.broker.DeliveryHandler;
import io.cta.broker.LinkListener;
import io.cta.broker.QueueSpec;
import io.cta.broker.Subscription;
import io.cta.broker.handout.LocalSubscription;
import io.cta.broker.handout.Outlet;
import io.cta.domain.Ids;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.time.TimeSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Queues as Kafka's topics, see the package. Connections come back by themselves; what is asked for
 * meanwhile waits, bounded. Usable from any context.
 */
public final class KafkaBroker implements Broker {
  private final TimeSource time;
  private static final String MACHINES = "cta.machines";
  private static final String GROUPS = "cta.groups";
  private static final int MACHINE_FETCH_MILLIS = 500;
  private static final int GROUP_FETCH_MILLIS = 100;
  private static final long LOOK_MILLIS = 10_000;

  private final Vertx vertx;
  private final Context home;
  private final KafkaSettings settings;
  private final LinkListener listener;
  private final Clients clients;
  private final LinkWatch link;
  private final Topics topics;
  private final Publisher publisher;
  private final DeadLetters deadLetters;
  private final Purge purge;
  private final AssignedReader machines;
  private final AssignedReader groups;
  private final Channels channels;
  private final Map<String, QueueSpec> specs = new HashMap<>();
  private final String member;
  private long looking = -1;
  private boolean closed;

  public KafkaBroker(Vertx vertx, TimeSource time, KafkaSettings settings, LinkListener listener) {
    this.time = time;
    this.vertx = vertx;
    this.home = vertx.getOrCreateContext();
    this.settings = settings;
    this.listener = listener;
    this.member = settings.node() + "-" + Ids.next();
    this.clients = new Clients(vertx, new ClientConfig(settings));
    this.link = new LinkWatch(home, clients, listener, this::up);
    this.topics = new Topics(link, settings, time.ticker());
    this.publisher = new Publisher(vertx, clients, link, topics);
    this.deadLetters = new DeadLetters(publisher, time.wall());
    this.purge = new Purge(vertx, topics);
    this.machines = new AssignedReader(home, () -> clients.reader(MACHINES, MACHINE_FETCH_MILLIS));
    this.groups = new AssignedReader(home, () -> clients.reader(GROUPS, GROUP_FETCH_MILLIS));
    this.channels = new Channels(home, this::queue);
  }

  /**
   * Begins to connect, once. Completes when it is connected for the first time; fails when the
   * broker is closed before that.
   */
  public Future<Void> connect() {
    return answer(
        () -> {
          if (looking < 0) {
            looking = vertx.setPeriodic(LOOK_MILLIS, id -> look());
          }
          link.begin();
          return link.whenUp().mapEmpty();
        });
  }

  @Override
  public Future<Void> declare(String queue, QueueSpec spec) {
    return answer(
        () -> {
          QueueSpec known = specs.get(queue);
          if (known != null && !known.equals(spec) && TopicKind.of(queue) != TopicKind.DEAD) {
            String text = "queue " + queue + " is there with other settings: " + known;
            return Future.failedFuture(new ServiceFailure(ErrorCode.CONFLICT, text));
          }
          return topics.declare(queue).onSuccess(v -> specs.put(queue, spec));
        });
  }

  @Override
  public Future<Void> publish(String queue, Buffer message) {
    if (message.length() > TopicKind.MAX_MESSAGE) {
      String text =
          "a message has at most " + TopicKind.MAX_MESSAGE + " bytes, not " + message.length();
      return Future.failedFuture(new ServiceFailure(ErrorCode.TOO_LARGE, text));
    }
    ProducerRecord<byte[], byte[]> record =
        TopicKind.of(queue) == TopicKind.EVENTS
            ? new ProducerRecord<>(queue, MessageKey.of(message), message.getBytes())
            : new ProducerRecord<>(queue, 0, null, message.getBytes());
    return answer(() -> publisher.send(record));
  }

  @Override
  public Future<Subscription> subscribe(String queue, int prefetch, DeliveryHandler handler) {
    if (prefetch < 1) {
      return Future.failedFuture(ServiceFailure.invalid("prefetch", "must be 1 or more"));
    }
    Answer<Subscription> answer = new Answer<>(vertx);
    atHome(
        () -> {
          open()
              .compose(v -> topics.require(queue))
              .compose(v -> channels.join(queue))
              .onFailure(answer::fail)
              .onSuccess(
                  local -> {
                    LocalSubscription<Message> s =
                        new LocalSubscription<>(
                            this::atHome,
                            answer.caller(),
                            local,
                            prefetch,
                            handler,
                            outlet -> cancel(local, outlet));
                    // first the answer, then what arrives: both go to the caller's context
                    answer.succeed(s);
                    local.open(s.outlet());
                  });
        });
    return answer.future();
  }

  @Override
  public Future<Void> delete(String queue) {
    return answer(
        () -> {
          TopicKind kind = TopicKind.of(queue);
          if (kind == TopicKind.DEAD) {
            return Future.succeededFuture();
          }
          specs.remove(queue);
          purge.forget(queue);
          return channels
              .drop(queue)
              .compose(v -> kind == TopicKind.GROUP ? Future.succeededFuture() : forget(queue))
              .compose(v -> topics.delete(queue));
        });
  }

  @Override
  public Future<BrokerHealth> health() {
    Answer<BrokerHealth> answer = new Answer<>(vertx);
    atHome(
        () -> {
          String detail =
              String.format(
                  "%s, %d queues read, %d publishes under way, dead-lettered %d",
                  link.state(), channels.size(), publisher.size(), deadLetters.count());
          answer.succeed(new BrokerHealth(link.up(), detail, deadLetters.count()));
        });
    return answer.future();
  }

  @Override
  public Future<Void> close() {
    Answer<Void> answer = new Answer<>(vertx);
    atHome(
        () -> {
          closed = true;
          vertx.cancelTimer(looking);
          purge.close();
          channels
              .stopAll()
              .compose(v -> publisher.close())
              .compose(v -> Future.join(machines.close(), groups.close()))
              .eventually(link::close)
              .onComplete(done -> answer.succeed(null));
        });
    return answer.future();
  }

  private Future<Void> cancel(LocalQueue queue, Outlet<Message> outlet) {
    Answer<Void> answer = new Answer<>(vertx);
    atHome(() -> channels.leave(queue, outlet).onComplete(done -> answer.succeed(null)));
    return answer.future();
  }

  void atHome(Runnable work) {
    home.runOnContext(v -> work.run());
  }

  private Future<Void> answer(Supplier<Future<Void>> work) {
    Answer<Void> answer = new Answer<>(vertx);
    atHome(
        () -> {
          open().compose(v -> work.get()).onSuccess(answer::succeed).onFailure(answer::fail);
        });
    return answer.future();
  }

  private Future<Void> open() {
    return closed ? Future.failedFuture(Failures.closed()) : Future.succeededFuture();
  }

  private LocalQueue queue(String name) {
    TopicKind kind = TopicKind.of(name);
    LocalQueue queue =
        new LocalQueue(
            vertx,
            name,
            () ->
                kind == TopicKind.DEAD
                    ? Integer.MAX_VALUE
                    : specs.getOrDefault(name, kind.spec()).maxDeliveries(),
            deadLetters);
    queue.source(
        switch (kind) {
          case GROUP ->
              new GroupLog(vertx, queue, groups, publisher, link, purge, member, time.ticker());
          case MACHINE -> new Feed(vertx, queue, new MachineTap(machines, name), purge);
          case EVENTS, DEAD -> new Feed(vertx, queue, new MemberTap(home, clients, name), purge);
        });
    return queue;
  }

  private Future<Void> forget(String queue) {
    boolean machine = TopicKind.of(queue) == TopicKind.MACHINE;
    return topics.forgetOffsets(
        machine ? MACHINES : queue, queue, machine ? 1 : settings.partitions());
  }

  private void up() {
    publisher.flush();
  }

  /** Ends subscriptions of groups whose queue somebody has removed. */
  private void look() {
    if (link.up()) {
      channels.names().stream()
          .filter(queue -> TopicKind.of(queue) == TopicKind.GROUP)
          .forEach(this::confirm);
    }
  }

  private void confirm(String queue) {
    topics
        .look(queue)
        .onFailure(
            e -> {
              if (e instanceof ServiceFailure f && f.code() == ErrorCode.NOT_FOUND) {
                channels.drop(queue);
                listener.lost(queue, "its topic was removed");
              }
            });
  }
}
