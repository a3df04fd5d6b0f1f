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
 * Knows whether Kafka is there, by asking it every few seconds: its clients connect by themselves
 * and tell nobody. Work that has to wait until it is there waits here, bounded. Touched on the
 * broker's context only.
 */
public final class LinkWatch {
  private static final BackoffPolicy RETRY = new BackoffPolicy(250, 3_000);
  private static final long LOOK_MILLIS = 3_000;
  private static final int WAITING = 10_000;

  private final Context home;
  private final KafkaClientFactory kafkaClientFactory;
  private final LinkListener listener;
  private final Runnable onUp;
  private final List<Promise<Admin>> waiting = new ArrayList<>();
  private Admin admin;
  private String state = "not connected yet";
  private boolean up;
  private boolean begun;
  private boolean closed;
  private boolean looking;
  private int failures;
  private long timer = -1;

  public LinkWatch(
      Context home, KafkaClientFactory kafkaClientFactory, LinkListener listener, Runnable onUp) {
    this.home = home;
    this.kafkaClientFactory = kafkaClientFactory;
    this.listener = listener;
    this.onUp = onUp;
  }

  /** Begins to connect; again is harmless. */
  public void begin() {
    if (!begun) {
      begun = true;
      look();
    }
  }

  public boolean up() {
    return up;
  }

  public String state() {
    return state;
  }

  /** The admin client, as soon as Kafka is there. */
  public Future<Admin> whenUp() {
    if (closed) {
      return Future.failedFuture(KafkaFailures.closed());
    }
    if (up) {
      return Future.succeededFuture(admin);
    }
    if (waiting.size() >= WAITING) {
      return Future.failedFuture(
          KafkaFailures.full("kafka is not there, and " + WAITING + " calls wait for it already"));
    }
    Promise<Admin> promise = Promise.promise();
    waiting.add(promise);
    return promise.future();
  }

  /**
   * Asks Kafka something, and again as long as only its absence, or a moment's state, is at fault.
   */
  <T> Future<T> ask(Function<Admin, KafkaFuture<T>> question) {
    return ask(question, 1);
  }

  /** Asks Kafka something once. */
  <T> Future<T> once(Function<Admin, KafkaFuture<T>> question) {
    return whenUp().compose(client -> hear(question.apply(client)));
  }

  private <T> Future<T> ask(Function<Admin, KafkaFuture<T>> question, int attempt) {
    return once(question)
        .recover(
            e -> {
              if (closed || !KafkaFailures.passing(e) || KafkaFailures.missing(e)) {
                return Future.failedFuture(KafkaFailures.root(e));
              }
              suspect();
              return later(RETRY.after(attempt), () -> ask(question, attempt + 1));
            });
  }

  /** Something went wrong that may mean that Kafka is away. */
  public void suspect() {
    if (begun && !looking && !closed) {
      home.owner().cancelTimer(timer);
      look();
    }
  }

  public Future<Void> close() {
    closed = true;
    up = false;
    state = "closed";
    home.owner().cancelTimer(timer);
    waiting.forEach(w -> w.tryFail(KafkaFailures.closed()));
    waiting.clear();
    Admin last = admin;
    return last == null
        ? Future.succeededFuture()
        : home.executeBlocking(
            () -> {
              last.close(Duration.ofSeconds(1));
              return null;
            });
  }

  private void look() {
    looking = true;
    Future<Admin> client =
        admin == null
            ? kafkaClientFactory.admin().onSuccess(this::made)
            : Future.succeededFuture(admin);
    client
        .compose(a -> hear(a.describeCluster().clusterId()))
        .onComplete(
            done -> {
              looking = false;
              if (closed) {
                return;
              }
              if (done.succeeded()) {
                seen();
              } else {
                away(KafkaFailures.root(done.cause()));
              }
            });
  }

  private void made(Admin client) {
    admin = client;
    if (closed) {
      close();
    }
  }

  private void seen() {
    failures = 0;
    timer = home.owner().setTimer(LOOK_MILLIS, id -> look());
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

  private void away(Throwable why) {
    int refusal = KafkaFailures.refusal(why);
    long retry = refusal > 0 ? RETRY.longest() : RETRY.jittered(++failures);
    timer = home.owner().setTimer(retry, id -> look());
    boolean news = up || failures == 1;
    up = false;
    state = (refusal > 0 ? "refused: " : "down: ") + KafkaFailures.text(why);
    if (refusal > 0) {
      listener.refused(refusal, KafkaFailures.text(why), retry);
    } else if (news) {
      listener.down(KafkaFailures.text(why), retry);
    }
  }

  /** Kafka's answer, on this broker's context. */
  private <T> Future<T> hear(KafkaFuture<T> answer) {
    Promise<T> promise = Promise.promise();
    answer.whenComplete(
        (value, e) ->
            home.runOnContext(
                v -> {
                  if (e == null) {
                    promise.complete(value);
                  } else {
                    promise.fail(e);
                  }
                }));
    return promise.future();
  }

  /** Work to be begun later. */
  <T> Future<T> later(long millis, Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    home.owner().setTimer(millis, id -> work.get().onComplete(promise));
    return promise.future();
  }
}
