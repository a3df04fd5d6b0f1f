package io.cta.server.view.executions;

import io.cta.domain.ExecutionSnapshot;
import io.cta.server.view.definitions.ConfigurationView;
import io.cta.server.view.definitions.RepositoryView;
import io.cta.server.view.definitions.ScenarioView;
import io.cta.server.view.definitions.TestView;
import java.util.List;
import java.util.Map;

/** What an execution runs, as it was when it was requested. */
public record SnapshotView(
    ScenarioView scenario,
    ConfigurationView configuration,
    String suiteName,
    List<RepositoryView> inputs,
    List<RepositoryView> outputs,
    List<TestView> tests,
    Map<String, String> secrets) {
  /** Returns null for null. */
  static SnapshotView of(ExecutionSnapshot s) {
    return s == null
        ? null
        : new SnapshotView(
            ScenarioView.of(s.scenario()),
            ConfigurationView.of(s.configuration()),
            s.suiteName(),
            RepositoryView.of(s.inputs()),
            RepositoryView.of(s.outputs()),
            s.tests().stream().map(TestView::of).toList(),
            s.secrets());
  }
}
