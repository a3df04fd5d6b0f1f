package io.cta.agent.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Sends requests, however long they take, as long as something moves. Follows no redirect. Blocks;
 * one thread at a time.
 */
public final class WatchedExchange {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
  private static final long MAX_TICK_MILLIS = 1000;

  /** Created at the first request, because it has threads of its own. */
  private static final class Client {
    static final HttpClient ONE =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  private final StopCheck stop;
  private final Duration idle;
  private final LongConsumer progress;

  /**
   * @param idle how long nothing may move
   * @param progress is told about once a second how many bytes have moved
   */
  public WatchedExchange(StopCheck stop, Duration idle, LongConsumer progress) {
    this.stop = stop;
    this.idle = idle;
    this.progress = progress;
  }

  /**
   * Returns the answer once its body has been read.
   *
   * @param moved counts the bytes of both bodies
   * @throws NothingMoved when it was given up
   */
  public <T> HttpResponse<T> send(
      HttpRequest request, HttpResponse.BodyHandler<T> body, AtomicLong moved)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = Client.ONE.sendAsync(request, body);
    try {
      return await(answer, moved, request);
    } finally {
      answer.cancel(true);
    }
  }

  /** Waits, and looks every now and then whether anything has moved. */
  private <T> HttpResponse<T> await(
      CompletableFuture<HttpResponse<T>> answer, AtomicLong moved, HttpRequest request)
      throws IOException, InterruptedException {
    long tick = Math.max(1, Math.min(MAX_TICK_MILLIS, idle.toMillis() / 4));
    long before = -1;
    long idleTicks = 0;
    while (true) {
      try {
        return answer.get(tick, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        stop.check();
        long now = moved.get();
        idleTicks = now == before ? idleTicks + 1 : 0;
        before = now;
        progress.accept(now);
        if (idleTicks * tick >= idle.toMillis()) {
          throw new NothingMoved(
              request.uri() + " has sent nothing for " + idle.toSeconds() + " s");
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      }
    }
  }
}
