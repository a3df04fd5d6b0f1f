package io.cta.server.push;

import io.cta.server.outgoing.FileBody;
import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.server.outgoing.OutgoingClient;
import io.cta.server.outgoing.OutgoingUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Puts each file under its name below an address. Any 2xx is success, a redirect is none. */
final class AddressTarget implements PushTarget {
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);
  private static final int SERVER_ERROR = 500;

  private final Vertx vertx;
  private final OutgoingClient client;
  private final PushPlace place;
  private final String token;
  private final Clock clock;

  /**
   * @param token sent as a bearer token, or null
   */
  AddressTarget(Vertx vertx, OutgoingClient client, PushPlace place, String token, Clock clock) {
    this.vertx = vertx;
    this.client = client;
    this.place = place;
    this.token = token;
    this.clock = clock;
  }

  @Override
  public Future<Void> put(ResultFile file) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", file.contentType());
    headers.put("User-Agent", "CTA");
    if (token != null) {
      headers.put("Authorization", "Bearer " + token);
    }
    return client
        .exchange(
            HttpMethod.PUT,
            OutgoingUrl.parse("url", address(file)),
            headers,
            FileBody.of(vertx, file.path(), 0, file.bytes()),
            PushCall.limit(file.bytes()),
            OutgoingClient.MAX_ANSWER)
        .compose(
            answer ->
                answer.success() ? Future.succeededFuture() : Future.failedFuture(failure(answer)));
  }

  private PushFailure failure(OutgoingAnswer answer) {
    boolean passing = PASSING.contains(answer.status()) || answer.status() >= SERVER_ERROR;
    String said = answer.status() + (answer.text().isEmpty() ? "" : ": " + answer.text());
    return PushCall.refusal("the server", said, answer, passing, clock.instant());
  }

  private String address(ResultFile file) {
    try {
      String path = new URI(null, null, "/" + place.folder() + file.name(), null).toASCIIString();
      return place.root() + path.substring(1);
    } catch (URISyntaxException e) {
      throw PushFailure.forGood(file.name() + " cannot be part of an address");
    }
  }
}
