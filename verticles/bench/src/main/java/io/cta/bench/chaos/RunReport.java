package io.cta.bench.chaos;

import io.cta.bench.history.ExecutionInvariant;
import io.cta.bench.history.InvariantViolation;
import io.cta.bench.history.RunHistory;
import io.cta.bench.history.StoredExecution;
import io.cta.json.JsonMapping;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints the result of a run, and writes the files that help to understand a breach. */
final class RunReport {
  /** The file with what the parts logged about the first breaches. */
  static final String STORY = "story.txt";

  private static final int MAX_SHOWN = 40;

  private final Path dir;
  private final List<Path> logs;
  private final PrintStream out;

  /**
   * @param logs logs of the servers and agents
   */
  RunReport(Path dir, List<Path> logs, PrintStream out) {
    this.dir = dir;
    this.logs = logs;
    this.out = out;
  }

  void report(RunHistory history, List<InvariantViolation> breaches, Duration took)
      throws IOException {
    out.printf(
        "%d executions asked for, %d in the store, %d tasks, %d statuses (%d confirmed to agents),"
            + " %d test processes, %d outages, %.0f s%n",
        history.asked().size(),
        history.kept().size(),
        history.kept().stream().mapToInt(storedExecution -> storedExecution.tasks().size()).sum(),
        history.kept().stream()
            .mapToInt(storedExecution -> storedExecution.statuses().size())
            .sum(),
        history.confirmed().size(),
        history.traces().size(),
        history.outages().size(),
        took.toMillis() / 1000.0);
    out.println("ends: " + ends(history));
    for (ExecutionInvariant invariant : ExecutionInvariant.values()) {
      long count = breaches.stream().filter(b -> b.invariant() == invariant).count();
      out.printf(
          "  %s %-8s %s%n",
          invariant, count == 0 ? "holds" : count + " times", invariant.meaning());
    }
    breaches.stream()
        .limit(MAX_SHOWN)
        .forEach(invariantViolation -> out.println("BREACH " + invariantViolation));
    if (!breaches.isEmpty()) {
      keep(history, breaches);
    }
  }

  private static Map<String, Long> ends(RunHistory history) {
    return history.kept().stream()
        .map(StoredExecution::execution)
        .map(e -> e.state().wire() + (e.result() == null ? "" : " " + e.result().wire()))
        .collect(Collectors.groupingBy(end -> end, TreeMap::new, Collectors.counting()));
  }

  private void keep(RunHistory history, List<InvariantViolation> breaches) throws IOException {
    Files.write(
        dir.resolve("breaches.txt"), breaches.stream().map(InvariantViolation::toString).toList());
    Files.write(
        dir.resolve("store.jsonl"),
        history.kept().stream()
            .map(storedExecution -> JsonMapping.encode(storedExecution).toString())
            .toList());
    Files.write(
        dir.resolve("outages.txt"), history.outages().stream().map(Object::toString).toList());
    Files.write(dir.resolve(STORY), ViolationTimeline.of(breaches, logs, history.outages()));
  }
}
