package io.cta.bench.chaos;

import io.cta.bench.history.InvariantViolation;
import io.cta.bench.history.OutagePeriod;
import io.cta.bench.history.ProcessTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Collects what servers and agents logged about the executions of the first breaches. */
final class ViolationTimeline {
  private static final int EXECUTIONS = 3;
  private static final int LINES_PER_EXECUTION = 60;
  private static final int MAX_LINE_LENGTH = 220;

  private ViolationTimeline() {}

  static List<String> of(
      List<InvariantViolation> breaches, List<Path> logs, List<OutagePeriod> outages)
      throws IOException {
    Set<String> executions = new LinkedHashSet<>();
    breaches.forEach(
        invariantViolation ->
            executions.add(ProcessTrace.executionOf(invariantViolation.subject())));
    List<String> story = new ArrayList<>();
    outages.forEach(outagePeriod -> story.add(outagePeriod.toString()));
    for (String execution : executions.stream().limit(EXECUTIONS).toList()) {
      story.add(execution);
      List<String> lines = new ArrayList<>();
      for (Path log : logs) {
        lines.addAll(linesOf(execution, log));
      }
      // each line begins with its time
      lines.stream().sorted().limit(LINES_PER_EXECUTION).forEach(story::add);
    }
    return story;
  }

  private static List<String> linesOf(String execution, Path log) throws IOException {
    String part = log.getFileName().toString();
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains(execution))
          .limit(LINES_PER_EXECUTION)
          .map(line -> line.length() > MAX_LINE_LENGTH ? line.substring(0, MAX_LINE_LENGTH) : line)
          .map(line -> line + "  (" + part + ")")
          .toList();
    }
  }
}
