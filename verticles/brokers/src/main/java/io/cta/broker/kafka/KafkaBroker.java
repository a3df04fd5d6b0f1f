package io.cta.broker.kafka;

import io.cta.broker.BrokerHealth;
import io.cta.broker.CallerPromise;
import io.cta.broker.DeliveryHandler;
import io.cta.broker.LinkListener;
import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSpec;
import io.cta.broker.QueueSubscription;
import io.cta.broker.handout.ConsumerBuffer;
import io.cta.broker.handout.LocalSubscription;
import io.cta.broker.kafka.connection.ClientConfig;
import io.cta.broker.kafka.connection.KafkaClientFactory;
import io.cta.broker.kafka.connection.KafkaFailures;
import io.cta.broker.kafka.connection.KafkaSettings;
import io.cta.broker.kafka.connection.LinkWatch;
import io.cta.broker.kafka.connection.TopicAdmin;
import io.cta.broker.kafka.connection.TopicKind;
import io.cta.broker.kafka.consume.DeadLetterPublisher;
import io.cta.broker.kafka.consume.GroupMemberReader;
import io.cta.broker.kafka.consume.KafkaMessage;
import io.cta.broker.kafka.consume.LocalQueue;
import io.cta.broker.kafka.consume.LocalQueueRegistry;
import io.cta.broker.kafka.consume.MachineQueueReader;
import io.cta.broker.kafka.consume.RecordPurger;
import io.cta.broker.kafka.consume.SharedConsumer;
import io.cta.broker.kafka.consume.TopicReader;
import io.cta.broker.kafka.group.ClaimedMessageReader;
import io.cta.broker.kafka.publish.KafkaPublisher;
import io.cta.broker.kafka.publish.MessageKey;
import io.cta.domain.IdGenerator;
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
 * A broker whose queues are Kafka topics, see the package. Connects again by itself; calls made
 * meanwhile wait, bounded. Usable from any context.
 */
public final class KafkaBroker implements MessageBroker {
  private final TimeSource time;
  private static final String MACHINE_OFFSETS = "cta.machines";
  private static final String GROUP_OFFSETS = "cta.groups";
  private static final int MACHINE_FETCH_MILLIS = 500;
  private static final int GROUP_FETCH_MILLIS = 100;
  private static final long CHECK_MILLIS = 10_000;

  private final Vertx vertx;
  private final Context context;
  private final KafkaSettings settings;
  private final LinkListener listener;
  private final KafkaClientFactory kafkaClientFactory;
  private final LinkWatch link;
  private final TopicAdmin topics;
  private final KafkaPublisher publisher;
  private final DeadLetterPublisher deadLetterPublisher;
  private final RecordPurger purger;
  private final SharedConsumer machineConsumer;
  private final SharedConsumer groupConsumer;
  private final LocalQueueRegistry localQueues;
  private final Map<String, QueueSpec> specs = new HashMap<>();
  private final String memberId;
  private long checkTimer = -1;
  private boolean closed;

  public KafkaBroker(Vertx vertx, TimeSource time, KafkaSettings settings, LinkListener listener) {
    this.time = time;
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.settings = settings;
    this.listener = listener;
    this.memberId = settings.node() + "-" + IdGenerator.next();
    this.kafkaClientFactory = new KafkaClientFactory(vertx, new ClientConfig(settings));
    this.link = new LinkWatch(context, kafkaClientFactory, listener, this::up);
    this.topics = new TopicAdmin(link, settings, time.ticker());
    this.publisher = new KafkaPublisher(vertx, kafkaClientFactory, link, topics);
    this.deadLetterPublisher = new DeadLetterPublisher(publisher, time.wall());
    this.purger = new RecordPurger(vertx, topics);
    this.machineConsumer =
        new SharedConsumer(
            context, () -> kafkaClientFactory.reader(MACHINE_OFFSETS, MACHINE_FETCH_MILLIS));
    this.groupConsumer =
        new SharedConsumer(
            context, () -> kafkaClientFactory.reader(GROUP_OFFSETS, GROUP_FETCH_MILLIS));
    this.localQueues = new LocalQueueRegistry(context, this::queue);
  }

  /**
   * Begins to connect, once. Completes at the first connection; fails when the broker is closed
   * before that.
   */
  public Future<Void> connect() {
    return answer(
        () -> {
          if (checkTimer < 0) {
            checkTimer = vertx.setPeriodic(CHECK_MILLIS, id -> checkGroups());
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
    if (message.length() > TopicKind.MAX_MESSAGE_BYTES) {
      String text =
          "a message has at most "
              + TopicKind.MAX_MESSAGE_BYTES
              + " bytes, not "
              + message.length();
      return Future.failedFuture(new ServiceFailure(ErrorCode.TOO_LARGE, text));
    }
    ProducerRecord<byte[], byte[]> record =
        TopicKind.of(queue) == TopicKind.EVENTS
            ? new ProducerRecord<>(queue, MessageKey.of(message), message.getBytes())
            : new ProducerRecord<>(queue, 0, null, message.getBytes());
    return answer(() -> publisher.send(record));
  }

  @Override
  public Future<QueueSubscription> subscribe(String queue, int prefetch, DeliveryHandler handler) {
    if (prefetch < 1) {
      return Future.failedFuture(ServiceFailure.invalid("prefetch", "must be 1 or more"));
    }
    CallerPromise<QueueSubscription> answer = new CallerPromise<>(vertx);
    onContext(
        () -> {
          checkOpen()
              .compose(v -> topics.require(queue))
              .compose(v -> localQueues.join(queue))
              .onFailure(answer::fail)
              .onSuccess(
                  local -> {
                    LocalSubscription<KafkaMessage> subscription =
                        new LocalSubscription<>(
                            this::onContext,
                            answer.caller(),
                            local,
                            prefetch,
                            handler,
                            consumerBuffer -> cancel(local, consumerBuffer));
                    // answer before the first delivery: both go to the caller's context
                    answer.succeed(subscription);
                    local.open(subscription.buffer());
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
          purger.forget(queue);
          return localQueues
              .drop(queue)
              .compose(
                  v -> kind == TopicKind.GROUP ? Future.succeededFuture() : forgetOffsets(queue))
              .compose(v -> topics.delete(queue));
        });
  }

  @Override
  public Future<BrokerHealth> health() {
    CallerPromise<BrokerHealth> answer = new CallerPromise<>(vertx);
    onContext(
        () -> {
          String detail =
              String.format(
                  "%s, %d queues read, %d publishes under way, dead-lettered %d",
                  link.state(), localQueues.size(), publisher.size(), deadLetterPublisher.count());
          answer.succeed(new BrokerHealth(link.up(), detail, deadLetterPublisher.count()));
        });
    return answer.future();
  }

  @Override
  public Future<Void> close() {
    CallerPromise<Void> answer = new CallerPromise<>(vertx);
    onContext(
        () -> {
          closed = true;
          vertx.cancelTimer(checkTimer);
          purger.close();
          localQueues
              .stopAll()
              .compose(v -> publisher.close())
              .compose(v -> Future.join(machineConsumer.close(), groupConsumer.close()))
              .eventually(link::close)
              .onComplete(done -> answer.succeed(null));
        });
    return answer.future();
  }

  private Future<Void> cancel(LocalQueue queue, ConsumerBuffer<KafkaMessage> consumerBuffer) {
    CallerPromise<Void> answer = new CallerPromise<>(vertx);
    onContext(
        () -> localQueues.leave(queue, consumerBuffer).onComplete(done -> answer.succeed(null)));
    return answer.future();
  }

  void onContext(Runnable work) {
    context.runOnContext(v -> work.run());
  }

  private Future<Void> answer(Supplier<Future<Void>> work) {
    CallerPromise<Void> answer = new CallerPromise<>(vertx);
    onContext(
        () -> {
          checkOpen().compose(v -> work.get()).onSuccess(answer::succeed).onFailure(answer::fail);
        });
    return answer.future();
  }

  private Future<Void> checkOpen() {
    return closed ? Future.failedFuture(KafkaFailures.closed()) : Future.succeededFuture();
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
            deadLetterPublisher);
    queue.source(
        switch (kind) {
          case GROUP ->
              new ClaimedMessageReader(
                  vertx, queue, groupConsumer, publisher, link, purger, memberId, time.ticker());
          case MACHINE ->
              new TopicReader(vertx, queue, new MachineQueueReader(machineConsumer, name), purger);
          case EVENTS, DEAD ->
              new TopicReader(
                  vertx, queue, new GroupMemberReader(context, kafkaClientFactory, name), purger);
        });
    return queue;
  }

  private Future<Void> forgetOffsets(String queue) {
    boolean machine = TopicKind.of(queue) == TopicKind.MACHINE;
    return topics.forgetOffsets(
        machine ? MACHINE_OFFSETS : queue, queue, machine ? 1 : settings.partitions());
  }

  private void up() {
    publisher.flush();
  }

  /** Ends subscriptions to group queues that somebody has removed. */
  private void checkGroups() {
    if (link.up()) {
      localQueues.names().stream()
          .filter(queue -> TopicKind.of(queue) == TopicKind.GROUP)
          .forEach(this::checkGroup);
    }
  }

  private void checkGroup(String queue) {
    topics
        .check(queue)
        .onFailure(
            e -> {
              if (ServiceFailure.is(e, ErrorCode.NOT_FOUND)) {
                localQueues.drop(queue);
                listener.lost(queue, "its topic was removed");
              }
            });
  }
}
