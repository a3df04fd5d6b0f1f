package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.MongoInstance;
import io.cta.bench.fleet.ShippedJars;
import io.cta.broker.KeptPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./cta demo} as people call it, with nothing embedded: real suites by a broker of its own
 * and agents that use it themselves, kept in MongoDB. It counts the JUnit reports by itself.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a POSIX shell script")
class DemoIT {
  private static final Path ROOT = ShippedJars.SERVER.resolve("../../../..").normalize();
  private static final Pattern SAME =
      Pattern.compile("the JUnit reports, counted by themselves: ([\\d,]+) .*: the same");

  private static final List<String> INTEGRATIONS =
      List.of(
          "commit: tested it\n",
          "chain: greeting-again after it: ok\n",
          "webhook: execution.finished msg_\\w+, its signature is right\n",
          "results: 2 files pushed to .*\n",
          "JUnit: 2 cases in .*junit.xml\n");

  @TempDir Path dir;

  @Test
  void realSuitesOnKafkaAndMongoDbHaveTheTotalsOfTheirReports() throws Exception {
    Path out = dir.resolve("out.log");
    Process demo = null;
    try (MongoInstance store = new MongoInstance()) {
      demo = demo(store, out);
      assertTrue(demo.waitFor(5, TimeUnit.MINUTES), () -> "it does not end: " + read(out));
      // tests of others may fail on a busy machine; their reports count the same all the same
      assertEquals(read(out).contains(" failed: ") ? 1 : 0, demo.exitValue(), read(out));
    } finally {
      if (demo != null) {
        demo.destroy();
        demo.waitFor(60, TimeUnit.SECONDS);
      }
    }
    List<Integer> totals = SAME.matcher(read(out)).results().map(DemoIT::number).toList();
    assertEquals(2, totals.size(), read(out));
    assertTrue(totals.get(0) > 10_000 && totals.get(1) > 1_000, read(out));
    for (String right : INTEGRATIONS) {
      assertTrue(Pattern.compile(right).matcher(read(out)).find(), right + " in " + read(out));
    }
  }

  private Process demo(MongoInstance store, Path out) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(ROOT.resolve("cta").toString(), "demo", "--exit")
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.command().addAll(List.of("--broker", "kafka", "--link", "direct", "--store", "mongo"));
    builder.command().addAll(List.of("--port", "" + KeptPort.next(), "--data", dir + "/data"));
    builder.environment().put("CTA_MONGO_URL", store.url());
    return builder.start();
  }

  private static int number(MatchResult line) {
    return Integer.parseInt(line.group(1).replace(",", ""));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
