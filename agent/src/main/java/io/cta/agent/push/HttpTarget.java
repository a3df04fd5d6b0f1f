package io.cta.agent.push;

import io.cta.agent.http.WatchedExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Sends each file by PUT to its name below an address. Follows no redirect. */
final class HttpTarget implements OutputTarget {
  private static final Set<Integer> TEMPORARY = Set.of(408, 425, 429, 500, 502, 503, 504);
  private static final int OK = 2;

  private final URI root;
  private final String token;
  private final WatchedExchange exchange;

  /**
   * @param url with or without a slash at its end
   * @param token sent as a bearer token, or null
   */
  HttpTarget(String url, String token, WatchedExchange exchange) throws PushFailed {
    try {
      this.root = URI.create(url.endsWith("/") ? url : url + "/");
    } catch (IllegalArgumentException e) {
      throw new PushFailed("not an address: " + url, false);
    }
    this.token = token;
    this.exchange = exchange;
  }

  @Override
  public boolean push(PushFile file) throws IOException, InterruptedException {
    AtomicLong moved = new AtomicLong();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(file))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Content-Type", "application/octet-stream")
            .PUT(FileRange.all(file).publisher(moved));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<Void> answer =
        exchange.send(request.build(), HttpResponse.BodyHandlers.discarding(), moved);
    if (answer.statusCode() / 100 == OK) {
      return true;
    }
    String where =
        answer.headers().firstValue("Location").map(to -> ", and points to " + to).orElse("");
    throw new PushFailed(
        "the server answered " + answer.statusCode() + where,
        TEMPORARY.contains(answer.statusCode()));
  }

  private URI address(PushFile file) throws PushFailed {
    try {
      String path = new URI(null, null, "/" + file.name(), null).getRawPath();
      return URI.create(root + path.substring(1));
    } catch (URISyntaxException e) {
      throw new PushFailed(file.name() + " cannot be part of an address", false);
    }
  }
}
