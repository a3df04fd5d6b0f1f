package io.cta.bench.chaos;

import io.cta.bench.fleet.BlockingApiClient;
import io.cta.bench.history.RequestedExecution;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Requests executions and cancels some of them. Repeats each request until a server answers it. */
final class LoadGenerator implements AutoCloseable {
  private static final int MAX_ACTIVE = 60;
  private static final int CANCEL_ONE_IN = 12;
  private static final long RETRY_MILLIS = 200;

  private final BlockingApiClient api;
  private final RandomGenerator random;
  private final LeftoverWatchdog leftoverWatchdog;
  private final Map<String, RequestedExecution> asked = new ConcurrentHashMap<>();
  private final AtomicInteger cancels = new AtomicInteger();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
  private volatile Throwable trouble;

  LoadGenerator(BlockingApiClient api, long seed, LeftoverWatchdog leftoverWatchdog) {
    this.api = api;
    this.random = SeededRandom.generator(seed, "orders");
    this.leftoverWatchdog = leftoverWatchdog;
  }

  /** Requests one more execution; returns when a server has answered. */
  void next() throws InterruptedException {
    List<LoadScenario> mix = LoadScenario.MIX;
    int ticket = random.nextInt(mix.stream().mapToInt(LoadScenario::weight).sum());
    int i = 0;
    while (ticket >= mix.get(i).weight()) {
      ticket -= mix.get(i++).weight();
    }
    boolean cancel = mix.get(i).endless() || random.nextInt(CANCEL_ONE_IN) == 0;
    long cancelAfter = random.nextInt(0, mix.get(i).endless() ? 6_000 : 1_500);
    JsonObject body = new JsonObject().put("scenario", mix.get(i).name());
    String id = insist("/api/v1/executions", body).getString("id");
    asked.put(id, new RequestedExecution(id, Instant.now(), null));
    if (cancel) {
      cancels.incrementAndGet();
      threads.schedule(() -> cancel(id), cancelAfter, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Waits until fewer than {@link #MAX_ACTIVE} executions and cancels are active; returns how many.
   */
  int settle() throws InterruptedException {
    int active = active();
    while (active >= MAX_ACTIVE) {
      Thread.sleep(RETRY_MILLIS);
      active = active();
    }
    return active;
  }

  /** Counts the executions that have not ended and the cancels that were not answered. */
  int active() throws InterruptedException {
    while (true) {
      fail();
      try {
        return api.all("/api/v1/executions?state=pending,acked,running").size() + cancels.get();
      } catch (UncheckedIOException | AssertionError away) {
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }

  List<RequestedExecution> asked() {
    return List.copyOf(asked.values());
  }

  boolean knows(String executionId) {
    return executionId != null && asked.containsKey(executionId);
  }

  private void cancel(String id) {
    try {
      insist("/api/v1/executions/" + id + "/cancel", new JsonObject());
      Instant at = Instant.now();
      asked.computeIfPresent(id, (key, one) -> new RequestedExecution(id, one.at(), at));
      leftoverWatchdog.cancelled(id, at);
      cancels.decrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      trouble = e;
    }
  }

  /** Sends the same request with the same key until a server answers it. */
  private JsonObject insist(String path, JsonObject body) throws InterruptedException {
    String key = UUID.randomUUID().toString();
    while (true) {
      try {
        HttpResponse<String> answer = api.send("POST", path, body.encode(), key);
        if (answer.statusCode() < 500) {
          return BlockingApiClient.expect(202, answer);
        }
      } catch (UncheckedIOException away) {
        // the loop tries again
      }
      Thread.sleep(RETRY_MILLIS);
    }
  }

  private void fail() {
    if (trouble != null) {
      throw new IllegalStateException("a cancel was refused", trouble);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
