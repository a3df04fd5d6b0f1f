package io.cta.agent.fetch;

import io.cta.agent.http.NothingMoved;
import io.cta.agent.http.WatchedExchange;
import io.cta.domain.GitAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends one request and writes the body of its answer to a file. It follows redirects itself: a
 * token goes along only while scheme, host and port stay, and nothing goes from https to http. A
 * server that sends nothing for a while is given up.
 */
final class HttpExchangeRunner {
  private static final int MAX_REDIRECTS = 10;
  private static final int REDIRECT = 3;

  private final FetchSettings settings;
  private final WatchedExchange exchange;

  HttpExchangeRunner(FetchContext context, FetchSettings settings, DownloadProgress progress) {
    this.settings = settings;
    this.exchange =
        new WatchedExchange(context.commands()::check, settings.idle(), progress::received);
  }

  /** Returns the answer when its body is in the file. */
  HttpResponse<Void> run(
      URI uri, String token, Map<String, String> headers, Path file, DownloadBody.OffsetCheck check)
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

  private HttpResponse<Void> send(HttpRequest request, Path file, DownloadBody.OffsetCheck check)
      throws IOException, FetchFailed, InterruptedException {
    AtomicLong received = new AtomicLong();
    HttpResponse.BodyHandler<Void> body =
        info ->
            info.statusCode() / 100 == REDIRECT
                ? HttpResponse.BodySubscribers.replacing(null)
                : DownloadBody.of(info, check, file, received, settings);
    try {
      return exchange.send(request, body, received);
    } catch (NothingMoved e) {
      throw FetchFailed.retryable(e.getMessage());
    } catch (IOException e) {
      throw DownloadBody.failure(e);
    }
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
}
