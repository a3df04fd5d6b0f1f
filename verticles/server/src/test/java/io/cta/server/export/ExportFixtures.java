package io.cta.server.export;

import io.cta.domain.AskedExecution;
import io.cta.domain.CaseDetails;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionSpec;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.domain.StatusBuilder;
import io.cta.domain.StatusSource;
import io.cta.domain.TaskBuilder;
import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.StatusView;
import io.cta.server.view.executions.TaskView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Executions to export. */
final class ExportFixtures {
  static final Instant AT = Instant.parse("2026-11-29T02:30:00.250Z");

  private final Map<Integer, List<StatusView>> statuses = new TreeMap<>();
  private Result result = Result.FAILED;
  private State state = State.FINISHED;

  ExportFixtures ended(State newState, Result newResult) {
    state = newState;
    result = newResult;
    return this;
  }

  /** A case of test {@code unit} on a machine. */
  ExportFixtures status(int machine, String name, Result ofCase, String message, CaseDetails more) {
    return status(machine, "unit", name, ofCase, message, more);
  }

  ExportFixtures status(
      int machine, String test, String name, Result ofCase, String message, CaseDetails more) {
    List<StatusView> all = statuses.computeIfAbsent(machine, m -> new ArrayList<>());
    all.add(
        StatusView.of(
            StatusBuilder.builder()
                .id("E-" + machine + ".1." + all.size())
                .executionId("E")
                .taskId("E-" + machine)
                .attempt(1)
                .testId(test)
                .testName(test)
                .name(name)
                .index(all.size() + 1)
                .result(ofCase)
                .source(StatusSource.REPORT)
                .message(message)
                .durationMs(14_029_255L)
                .machineName("build-" + machine)
                .at(AT)
                .details(more)
                .build()));
    return this;
  }

  String text(ExportFormat format) {
    ExportWriter writer = format.writer("https://cta.example.org/#/executions/E");
    List<TaskView> tasks = new ArrayList<>();
    statuses.forEach(
        (machine, all) ->
            tasks.add(
                TaskView.of(
                    TaskBuilder.builder()
                        .id("E-" + machine)
                        .testIds(all.stream().map(StatusView::testId).distinct().toList())
                        .state(State.FINISHED)
                        .build())));
    StringBuilder out = new StringBuilder(writer.begin(execution(), tasks));
    tasks.forEach(
        task ->
            out.append(writer.task(task, statuses.get(Integer.parseInt(task.id().substring(2))))));
    return out.append(writer.end()).toString();
  }

  private ExecutionView execution() {
    Execution execution =
        ExecutionBuilder.builder()
            .id("E")
            .scenarioName("nightly & more")
            .state(state)
            .result(result)
            .reason("noMachine")
            .requestedAt(AT)
            .startedAt(AT)
            .build();
    return ExecutionView.of(
        new AskedExecution(execution, new ExecutionSpec("E", null, "me", AT, null)));
  }
}
