package io.cta.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.bench.fleet.BrokerProcess;
import io.cta.bench.fleet.MongoInstance;
import io.cta.bench.fleet.ProcessFleet;
import io.cta.bench.history.InvariantViolation;
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
    try (BrokerProcess external = broker.start()) {
      check("one server, broker " + broker, new ProcessFleet(dir), external);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "embedded", mode = EnumSource.Mode.EXCLUDE)
  void theInvariantsHoldWhicheverOfThreeServersDies(BrokerKind broker) throws Exception {
    try (MongoInstance store = new MongoInstance();
        BrokerProcess external = broker.start()) {
      ProcessFleet cluster = ProcessFleet.cluster(dir, SERVERS).serverEnv(store.serverEnv());
      check("three servers, broker " + broker, cluster, external);
    }
  }

  private void check(String what, ProcessFleet fleet, BrokerProcess broker) throws Exception {
    long seed = Long.parseLong(SEED);
    System.out.println("seed " + seed + ", " + what);
    try (TargetFleet targetFleet = new TargetFleet(fleet, AGENTS, broker, null)) {
      List<InvariantViolation> breaches =
          new FaultRun(targetFleet, dir, seed, System.out).run(EXECUTIONS, FAULTS);
      assertEquals(List.of(), breaches, this::story);
    }
  }

  private String story() {
    try {
      return Files.readString(dir.resolve(RunReport.STORY)).replace("\n", " | ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
