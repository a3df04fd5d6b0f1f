package io.cta.agent.push;

import io.cta.agent.journal.StagedArtifact;
import io.cta.message.TaskRun;
import io.cta.text.PathSegment;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where the files of an attempt are put below an output: {@code
 * scenario/execution/task.attempt/results.json} and {@code …/artifacts/test/path}. What a file name
 * cannot have on some system is percent-encoded, so that two names never become one. Pure.
 */
final class OutputNames {
  private final String root;

  OutputNames(TaskRun run) {
    String scenario = run.scenario() == null ? run.suite() : run.scenario();
    root =
        PathSegment.of(String.valueOf(scenario))
            + "/"
            + PathSegment.of(run.executionId())
            + "/"
            + PathSegment.of(run.taskId())
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
    return Arrays.stream(text.split("/", -1)).map(PathSegment::of).collect(Collectors.joining("/"));
  }
}
