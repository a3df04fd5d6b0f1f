package io.cta.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.bench.fleet.Fleet;
import io.cta.bench.fleet.MongoStore;
import io.cta.bench.fleet.RealBroker;
import io.cta.bench.history.Breach;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The invariants hold while 500 executions run on three agents, and servers, agents and broker are
 * killed, paused and restarted: nothing is lost, nothing doubled, nothing left behind. The plan is
 * the same each time, unless {@code CTA_TEST_SEED} says another.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class FaultIT {
  private static final int EXECUTIONS = 500;
  private static final int AGENTS = 3;
  private static final int SERVERS = 3;
  private static final Duration FAULTS = Duration.ofSeconds(35);
  private static final String SEED = System.getenv().getOrDefault("CTA_TEST_SEED", "20261124");

  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource
  void theInvariantsHoldWhateverDies(BrokerKind broker) throws Exception {
    try (RealBroker external = broker.start()) {
      check("one server, broker " + broker, new Fleet(dir), external);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "embedded", mode = EnumSource.Mode.EXCLUDE)
  void theInvariantsHoldWhicheverOfThreeServersDies(BrokerKind broker) throws Exception {
    try (MongoStore store = new MongoStore();
        RealBroker external = broker.start()) {
      Fleet cluster = Fleet.cluster(dir, SERVERS).serverEnv(store.serverEnv());
      check("three servers, broker " + broker, cluster, external);
    }
  }

  private void check(String what, Fleet fleet, RealBroker broker) throws Exception {
    long seed = Long.parseLong(SEED);
    System.out.println("seed " + seed + ", " + what);
    try (Topology topology = new Topology(fleet, AGENTS, broker, null)) {
      List<Breach> breaches = new FaultRun(topology, dir, seed, System.out).run(EXECUTIONS, FAULTS);
      assertEquals(List.of(), breaches, this::story);
    }
  }

  private String story() {
    try {
      return Files.readString(dir.resolve(Evidence.STORY)).replace("\n", " | ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
