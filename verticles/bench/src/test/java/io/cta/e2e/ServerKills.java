package io.cta.e2e;

import io.cta.bench.fleet.ProcessFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Kills the server of a fleet again and again, at seeded moments. */
final class ServerKills {
  /** How often; {@code CTA_TEST_KILLS} has it done more often. */
  static final int COUNT = Integer.parseInt(System.getenv().getOrDefault("CTA_TEST_KILLS", "6"));

  static final Duration LIMIT = Duration.ofSeconds(90);
  final Random random = new Random(20261129);
  private final int maxDelayMillis;

  ServerKills(int maxDelayMillis) {
    this.maxDelayMillis = maxDelayMillis;
  }

  /**
   * A server that may call this machine, and an agent that runs four tasks at a time.
   *
   * @param env more variables for the server
   */
  static ProcessFleet fleet(Path dir, Map<String, String> env) throws Exception {
    return new ProcessFleet(dir)
        .serverEnv(env)
        .serverEnv(Map.of("CTA_OUTGOING_ALLOW", "127.0.0.1"))
        .startServers()
        .startAgent("a", "--slots", "4")
        .online(1);
  }

  /** Kills it a moment from now, and starts it again; returns when it works. */
  void once(ProcessFleet fleet) throws Exception {
    CompletableFuture.runAsync(
            () -> fleet.server().kill(),
            CompletableFuture.delayedExecutor(
                random.nextInt(maxDelayMillis), TimeUnit.MILLISECONDS))
        .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    fleet.startServers();
  }
}
