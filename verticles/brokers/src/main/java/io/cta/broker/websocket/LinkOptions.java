package io.cta.broker.websocket;

import io.cta.broker.BackoffPolicy;
import io.soabase.recordbuilder.core.RecordBuilder;
import io.vertx.core.net.TrustOptions;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/**
 * How a link reaches its server.
 *
 * @param servers of one CTA, any of which will do, as {@code https://cta.example.org:8080}; a path
 *     is put before the API's
 * @param token gives the agent's token; called at each connection
 * @param session changes at each start of the agent
 * @param trust certificates to trust besides the system's, or null; for https only
 * @param trustAll true to trust any certificate and host name
 * @param window most publishes in flight
 * @param capacity most publishes held, those in flight included; more are refused
 * @param capacityBytes the same in bytes
 */
@RecordBuilder
public record LinkOptions(
    List<URI> servers,
    Supplier<String> token,
    String session,
    TrustOptions trust,
    boolean trustAll,
    LivenessSettings liveness,
    BackoffPolicy backoff,
    int window,
    int capacity,
    long capacityBytes) {
  public LinkOptions {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("a link needs a server");
    }
  }

  public static LinkOptions of(URI server, String token, String session) {
    return of(List.of(server), token, session);
  }

  public static LinkOptions of(List<URI> servers, String token, String session) {
    return of(servers, () -> token, session);
  }

  public static LinkOptions of(List<URI> servers, Supplier<String> token, String session) {
    return LinkOptionsBuilder.builder()
        .servers(servers)
        .token(token)
        .session(session)
        .liveness(LivenessSettings.LINK)
        .backoff(new BackoffPolicy(250, 15_000))
        .window(256)
        .capacity(10_000)
        .capacityBytes(64L << 20)
        .build();
  }

  public LinkOptions trusting(TrustOptions certificates, boolean all) {
    return LinkOptionsBuilder.builder(this).trust(certificates).trustAll(all).build();
  }

  public LinkOptions with(LivenessSettings alive, BackoffPolicy waits) {
    return LinkOptionsBuilder.builder(this).liveness(alive).backoff(waits).build();
  }

  public LinkOptions bounded(int inFlight, int held, long heldBytes) {
    return LinkOptionsBuilder.builder(this)
        .window(inFlight)
        .capacity(held)
        .capacityBytes(heldBytes)
        .build();
  }
}
