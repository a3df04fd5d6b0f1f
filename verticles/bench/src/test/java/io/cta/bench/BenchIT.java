package io.cta.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.bench.fleet.JavaProcess;
import io.cta.bench.fleet.MongoInstance;
import io.cta.bench.fleet.ShippedJars;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The bench works on the shipped server; how fast anything is, it does not judge. */
@Timeout(300)
class BenchIT {
  private static final String SMALL =
      "--agents 2 --slots 3 --executions 40 --at-once 6 --single 3 --warm-up 5";

  @Test
  void executions_of_simulated_agents_all_end_ok_and_bare_parts_run_beside(@TempDir Path data) {
    assertEquals(0, run("executions --tests 3 " + SMALL + " --data " + data));
  }

  @Test
  void two_jars_are_measured_in_turn() {
    assertEquals(
        0, run("executions --rounds 1 --alone " + SMALL + " --against " + ShippedJars.SERVER));
  }

  @Test
  void statuses_of_many_cases_are_all_confirmed() {
    assertEquals(0, run("statuses --statuses 600 --cases 300 --agents 2 --warm-up 300"));
  }

  @Test
  void every_query_of_a_filled_store_is_answered() {
    assertEquals(0, run("queries --statuses 1500 --executions 150 --times 2 --warm-up 1"));
  }

  @Test
  void idle_agents_stay_online() {
    assertEquals(0, run("agents --agents 20 --seconds 1"));
  }

  @Test
  void the_same_load_runs_beside_idle_machines() {
    assertEquals(
        0, run("dispatch --machines 10,15 --executions 40 --at-once 6 --single 3 --warm-up 5"));
  }

  @Test
  void executions_and_statuses_are_kept_in_mongo_when_asked_for() {
    try (MongoInstance mongo = new MongoInstance()) {
      String store = " --store mongo --mongo " + mongo.url();
      assertEquals(0, run("executions --alone " + SMALL + store));
      assertEquals(0, run("statuses --statuses 600 --cases 300 --agents 2 --warm-up 300" + store));
    }
  }

  @Test
  void the_shipped_jar_has_every_class_that_it_needs(@TempDir Path dir) {
    Path jar = ShippedJars.source("verticles/bench/target/cta-bench.jar");
    List<String> line = List.of(("executions --alone " + SMALL).split(" +"));
    try (JavaProcess bench = new JavaProcess(jar, dir.resolve("bench.log"), Map.of(), line)) {
      assertEquals(0, bench.waitForEnd(), bench::output);
    }
  }

  private static int run(String line) {
    return new CommandLine(new Main()).execute(line.split(" +"));
  }
}
