package io.cta.agent.fetch;

import io.cta.domain.GitAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends one request and writes the body of its answer to a file. It follows redirects itself: a
 * token goes along only while scheme, host and port stay, and nothing goes from https to http. A
 * server that sends nothing for a while is given up.
 */
final class HttpExchangeRunner {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_REDIRECTS = 10;
  private static final int REDIRECT = 3;

  /** Created at the first request, because it has threads of its own. */
  private static final class Client {
    static final HttpClient ONE =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Decides what becomes of an answer before its body comes. */
  interface AnswerCheck {
    /**
     * @return the file's length at which the body is to be written, or −1 when it is not wanted
     * @throws FetchFailed when the answer is of no use
     */
    long offset(HttpResponse.ResponseInfo answer) throws IOException, FetchFailed;
  }

  private final FetchContext context;
  private final FetchSettings settings;
  private final DownloadProgress progress;

  HttpExchangeRunner(FetchContext context, FetchSettings settings, DownloadProgress progress) {
    this.context = context;
    this.settings = settings;
    this.progress = progress;
  }

  /** Returns the answer when its body is in the file. */
  HttpResponse<Void> run(
      URI uri, String token, Map<String, String> headers, Path file, AnswerCheck check)
      throws IOException, FetchFailed, InterruptedException {
    URI at = uri;
    String bearer = token;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      HttpRequest.Builder request = HttpRequest.newBuilder(at);
      headers.forEach(request::setHeader);
      if (bearer != null) {
        request.setHeader("Authorization", "Bearer " + bearer);
      }
      HttpResponse<Void> answer = send(request.build(), file, check);
      Optional<String> location = answer.headers().firstValue("Location");
      if (answer.statusCode() / 100 != REDIRECT || answer.statusCode() == 304) {
        return answer;
      }
      if (location.isEmpty()) {
        throw new FetchFailed(at + " answered " + answer.statusCode() + " without a Location");
      }
      URI next = next(at, location.get());
      bearer = hasSameOrigin(at, next) ? bearer : null;
      at = next;
    }
    throw new FetchFailed(uri + " redirects more than " + MAX_REDIRECTS + " times");
  }

  private HttpResponse<Void> send(HttpRequest request, Path file, AnswerCheck check)
      throws IOException, FetchFailed, InterruptedException {
    AtomicLong received = new AtomicLong();
    CompletableFuture<HttpResponse<Void>> answer =
        Client.ONE.sendAsync(
            request,
            info -> {
              if (info.statusCode() / 100 == REDIRECT) {
                return HttpResponse.BodySubscribers.replacing(null);
              }
              try {
                long offset = check.offset(info);
                return offset < 0
                    ? HttpResponse.BodySubscribers.replacing(null)
                    : toFile(file, offset, received);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } catch (FetchFailed e) {
                throw new Refused(e);
              }
            });
    try {
      return await(answer, received, request.uri());
    } finally {
      answer.cancel(true);
    }
  }

  /** Waits, and looks every now and then whether anything has come. */
  private HttpResponse<Void> await(
      CompletableFuture<HttpResponse<Void>> answer, AtomicLong received, URI uri)
      throws IOException, FetchFailed, InterruptedException {
    long tick = Math.max(1, Math.min(1000, settings.idle().toMillis() / 4));
    long before = -1;
    long idleTicks = 0;
    while (true) {
      try {
        return answer.get(tick, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        context.commands().check();
        long now = received.get();
        idleTicks = now == before ? idleTicks + 1 : 0;
        before = now;
        progress.received(now);
        if (idleTicks * tick >= settings.idle().toMillis()) {
          throw FetchFailed.retryable(
              uri + " has sent nothing for " + settings.idle().toSeconds() + " s");
        }
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      }
    }
  }

  private static IOException failure(Throwable cause) throws FetchFailed {
    for (Throwable one = cause; one != null; one = one.getCause()) {
      if (one instanceof Refused refused) {
        throw refused.failed;
      }
      if (one instanceof UncheckedIOException unchecked) {
        return unchecked.getCause();
      }
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }

  private HttpResponse.BodySubscriber<Void> toFile(Path file, long offset, AtomicLong received)
      throws IOException {
    DiskReserve reserve = new DiskReserve(file.getParent(), settings.minFreeBytes());
    BodyFile body =
        new BodyFile(
            file,
            offset,
            bytes -> {
              reserve.take(bytes);
              if (offset + received.addAndGet(bytes) > settings.maxDownloadBytes()) {
                throw new Refused(tooLarge());
              }
            });
    return new ClosingSubscriber(HttpResponse.BodySubscribers.ofByteArrayConsumer(body), body);
  }

  FetchFailed tooLarge() {
    return new FetchFailed(
        "a file is larger than the "
            + settings.maxDownloadBytes()
            + " bytes that this machine's agent takes (--max-download)");
  }

  private static URI next(URI at, String location) throws FetchFailed {
    URI next;
    try {
      next = at.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new FetchFailed(at + " redirects to what is no address");
    }
    boolean web =
        next.getHost() != null
            && ("http".equalsIgnoreCase(next.getScheme())
                || "https".equalsIgnoreCase(next.getScheme()));
    if (!web) {
      throw new FetchFailed(at + " redirects to what is no address of http or https: " + next);
    }
    if ("https".equalsIgnoreCase(at.getScheme()) && "http".equalsIgnoreCase(next.getScheme())) {
      throw new FetchFailed(at + " redirects from https to http, which is refused: " + next);
    }
    return next;
  }

  private static boolean hasSameOrigin(URI one, URI other) {
    Optional<GitAddress> a = GitAddress.parse(one.toString());
    Optional<GitAddress> b = GitAddress.parse(other.toString());
    return a.isPresent() && b.isPresent() && a.get().hasOriginOf(b.get());
  }

  /** Carries a refusal through the client. */
  private static final class Refused extends RuntimeException {
    private final transient FetchFailed failed;

    Refused(FetchFailed failed) {
      super(failed);
      this.failed = failed;
    }
  }
}
