package io.cta.agent.push;

import io.cta.agent.journal.StagedArtifact;
import io.cta.message.TaskRun;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Where the files of an attempt are put below an output: {@code
 * scenario/execution/task.attempt/results.json} and {@code …/artifacts/test/path}. What a file name
 * cannot have on some system is percent-encoded, so that two names never become one. Pure.
 */
final class OutputNames {
  private static final String ENCODED = "\\:*?\"<>|%";

  private final String root;

  OutputNames(TaskRun run) {
    String scenario = run.scenario() == null ? run.suite() : run.scenario();
    root =
        segment(String.valueOf(scenario))
            + "/"
            + segment(run.executionId())
            + "/"
            + segment(run.taskId())
            + "."
            + run.attempt()
            + "/";
  }

  /** The attempt, for people. */
  static String title(TaskRun run) {
    String scenario = run.scenario() == null ? run.suite() : run.scenario();
    return scenario
        + ": execution "
        + run.executionId()
        + ", task "
        + run.taskId()
        + ", attempt "
        + run.attempt();
  }

  String results() {
    return root + "results.json";
  }

  String of(StagedArtifact artifact) {
    return root + "artifacts/" + path(artifact.testId()) + "/" + path(artifact.path());
  }

  private static String path(String text) {
    return Arrays.stream(text.split("/", -1))
        .map(OutputNames::segment)
        .collect(Collectors.joining("/"));
  }

  private static String segment(String text) {
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      return "%" + text;
    }
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || c == '/' || ENCODED.indexOf(c) >= 0) {
                for (byte one : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                  out.append(String.format(Locale.ROOT, "%%%02X", one));
                }
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }
}
