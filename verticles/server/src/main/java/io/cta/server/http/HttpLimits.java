package io.cta.server.http;

import java.time.Duration;

/**
 * What the HTTP port lets come at a time, from all and from one address, and for how long.
 *
 * @param connections open, those of agents and viewers included
 * @param connectionsPerAddress open, without those that have shown who they are
 * @param bodies of requests being received or worked on
 * @param bodyBytes of these bodies together
 * @param headerTimeout until a connection has sent the head of its first request
 * @param bodyTimeout until a request's body is there
 */
public record HttpLimits(
    int connections,
    int connectionsPerAddress,
    int bodies,
    int bodiesPerAddress,
    long bodyBytes,
    long bodyBytesPerAddress,
    Duration headerTimeout,
    Duration bodyTimeout) {
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          20_000,
          1_000,
          500,
          100,
          64 << 20,
          16 << 20,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));
}
