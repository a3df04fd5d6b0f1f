package io.cta.broker.kafka.connection;

import io.cta.broker.BackoffPolicy;
import io.cta.broker.LinkListener;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;

/**
 * Checks every few seconds whether Kafka answers, because its clients connect by themselves and
 * tell nobody. Calls that need Kafka wait here until it answers, bounded. Touched on the broker's
 * context only.
 */
public final class LinkWatch {
  private static final BackoffPolicy RETRY = new BackoffPolicy(250, 3_000);
  private static final long CHECK_MILLIS = 3_000;
  private static final int MAX_WAITING = 10_000;

  private final Context brokerContext;
  private final KafkaClientFactory kafkaClientFactory;
  private final LinkListener listener;
  private final Runnable onUp;
  private final List<Promise<Admin>> waiting = new ArrayList<>();
  private Admin admin;
  private String state = "not connected yet";
  private boolean up;
  private boolean started;
  private boolean closed;
  private boolean checking;
  private int failures;
  private long timer = -1;

  public LinkWatch(
      Context brokerContext,
      KafkaClientFactory kafkaClientFactory,
      LinkListener listener,
      Runnable onUp) {
    this.brokerContext = brokerContext;
    this.kafkaClientFactory = kafkaClientFactory;
    this.listener = listener;
    this.onUp = onUp;
  }

  /** Begins to connect; further calls do nothing. */
  public void begin() {
    if (!started) {
      started = true;
      check();
    }
  }

  public boolean up() {
    return up;
  }

  public String state() {
    return state;
  }

  /** The admin client, as soon as Kafka answers. */
  public Future<Admin> whenUp() {
    if (closed) {
      return Future.failedFuture(KafkaFailures.closed());
    }
    if (up) {
      return Future.succeededFuture(admin);
    }
    if (waiting.size() >= MAX_WAITING) {
      return Future.failedFuture(
          KafkaFailures.full(
              "kafka is not there, and " + MAX_WAITING + " calls wait for it already"));
    }
    Promise<Admin> promise = Promise.promise();
    waiting.add(promise);
    return promise.future();
  }

  /** Asks Kafka something, and asks again while Kafka is away or its failure is temporary. */
  <T> Future<T> ask(Function<Admin, KafkaFuture<T>> question) {
    return ask(question, 1);
  }

  /** Asks Kafka something once. */
  <T> Future<T> askOnce(Function<Admin, KafkaFuture<T>> question) {
    return whenUp().compose(client -> onBrokerContext(question.apply(client)));
  }

  private <T> Future<T> ask(Function<Admin, KafkaFuture<T>> question, int attempt) {
    return askOnce(question)
        .recover(
            e -> {
              if (closed || !KafkaFailures.temporary(e) || KafkaFailures.missing(e)) {
                return Future.failedFuture(KafkaFailures.root(e));
              }
              checkNow();
              return later(RETRY.after(attempt), () -> ask(question, attempt + 1));
            });
  }

  /** Checks at once whether Kafka answers, after a failure that may mean that it is away. */
  public void checkNow() {
    if (started && !checking && !closed) {
      brokerContext.owner().cancelTimer(timer);
      check();
    }
  }

  public Future<Void> close() {
    closed = true;
    up = false;
    state = "closed";
    brokerContext.owner().cancelTimer(timer);
    waiting.forEach(w -> w.tryFail(KafkaFailures.closed()));
    waiting.clear();
    Admin last = admin;
    return last == null
        ? Future.succeededFuture()
        : brokerContext.executeBlocking(
            () -> {
              last.close(Duration.ofSeconds(1));
              return null;
            });
  }

  private void check() {
    checking = true;
    Future<Admin> client =
        admin == null
            ? kafkaClientFactory.admin().onSuccess(this::created)
            : Future.succeededFuture(admin);
    client
        .compose(a -> onBrokerContext(a.describeCluster().clusterId()))
        .onComplete(
            done -> {
              checking = false;
              if (closed) {
                return;
              }
              if (done.succeeded()) {
                checkSucceeded();
              } else {
                checkFailed(KafkaFailures.root(done.cause()));
              }
            });
  }

  private void created(Admin client) {
    admin = client;
    if (closed) {
      close();
    }
  }

  private void checkSucceeded() {
    failures = 0;
    timer = brokerContext.owner().setTimer(CHECK_MILLIS, id -> check());
    if (!up) {
      up = true;
      state = "connected";
      List<Promise<Admin>> now = List.copyOf(waiting);
      waiting.clear();
      now.forEach(w -> w.tryComplete(admin));
      onUp.run();
      listener.up();
    }
  }

  private void checkFailed(Throwable why) {
    int refusal = KafkaFailures.refusal(why);
    long retry = refusal > 0 ? RETRY.longest() : RETRY.jittered(++failures);
    timer = brokerContext.owner().setTimer(retry, id -> check());
    boolean changed = up || failures == 1;
    up = false;
    state = (refusal > 0 ? "refused: " : "down: ") + KafkaFailures.text(why);
    if (refusal > 0) {
      listener.refused(refusal, KafkaFailures.text(why), retry);
    } else if (changed) {
      listener.down(KafkaFailures.text(why), retry);
    }
  }

  /** Passes Kafka's answer to the broker's context. */
  private <T> Future<T> onBrokerContext(KafkaFuture<T> answer) {
    Promise<T> promise = Promise.promise();
    answer.whenComplete(
        (value, e) ->
            brokerContext.runOnContext(
                v -> {
                  if (e == null) {
                    promise.complete(value);
                  } else {
                    promise.fail(e);
                  }
                }));
    return promise.future();
  }

  /** Starts work after a wait. */
  <T> Future<T> later(long millis, Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    brokerContext.owner().setTimer(millis, id -> work.get().onComplete(promise));
    return promise.future();
  }
}
