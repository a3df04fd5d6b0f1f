package io.cta.server.http;

import java.time.Duration;

/**
 * Limits of the HTTP port, in total and per address.
 *
 * @param connections open at the same time, those of agents and viewers included
 * @param connectionsPerAddress open at the same time, without those that are authenticated
 * @param bodies of requests being received or processed
 * @param bodyBytes size of these bodies together
 * @param headerTimeout within which a connection must send the head of its first request
 * @param bodyTimeout within which a request's body must arrive
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
