package io.cta.bench.chaos;

import io.cta.bench.history.Breach;
import io.cta.bench.history.History;
import io.cta.bench.history.Invariant;
import io.cta.bench.history.Kept;
import io.cta.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says what came out, and writes down what is needed to understand a breach. */
final class Evidence {
  /** The file that tells of the first breaches what the parts have logged. */
  static final String STORY = "story.txt";

  private static final int SHOWN = 40;

  private final Path dir;
  private final List<Path> logs;
  private final PrintStream out;

  /**
   * @param logs of the servers and agents
   */
  Evidence(Path dir, List<Path> logs, PrintStream out) {
    this.dir = dir;
    this.logs = logs;
    this.out = out;
  }

  void report(History history, List<Breach> breaches, Duration took) throws IOException {
    out.printf(
        "%d executions asked for, %d in the store, %d tasks, %d statuses (%d confirmed to agents),"
            + " %d test processes, %d outages, %.0f s%n",
        history.asked().size(),
        history.kept().size(),
        history.kept().stream().mapToInt(kept -> kept.tasks().size()).sum(),
        history.kept().stream().mapToInt(kept -> kept.statuses().size()).sum(),
        history.confirmed().size(),
        history.traces().size(),
        history.outages().size(),
        took.toMillis() / 1000.0);
    out.println("ends: " + ends(history));
    for (Invariant invariant : Invariant.values()) {
      long count = breaches.stream().filter(b -> b.invariant() == invariant).count();
      out.printf(
          "  %s %-8s %s%n",
          invariant, count == 0 ? "holds" : count + " times", invariant.meaning());
    }
    breaches.stream().limit(SHOWN).forEach(breach -> out.println("BREACH " + breach));
    if (!breaches.isEmpty()) {
      keep(history, breaches);
    }
  }

  private static Map<String, Long> ends(History history) {
    return history.kept().stream()
        .map(Kept::execution)
        .map(e -> e.state().wire() + (e.result() == null ? "" : " " + e.result().wire()))
        .collect(Collectors.groupingBy(end -> end, TreeMap::new, Collectors.counting()));
  }

  private void keep(History history, List<Breach> breaches) throws IOException {
    Files.write(dir.resolve("breaches.txt"), breaches.stream().map(Breach::toString).toList());
    Files.write(
        dir.resolve("store.jsonl"),
        history.kept().stream().map(kept -> Json.encode(kept).toString()).toList());
    Files.write(
        dir.resolve("outages.txt"), history.outages().stream().map(Object::toString).toList());
    Files.write(dir.resolve(STORY), Story.of(breaches, logs, history.outages()));
  }
}
