package io.cta.server.view.definitions;

import io.cta.domain.ShellKind;
import io.cta.domain.TestSuite;
import io.cta.server.view.OutwardView;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A test suite. */
public record TestSuiteView(
    String id,
    String name,
    String description,
    List<RepositoryView> inputs,
    List<RepositoryView> outputs,
    List<SuiteEntryView> tests,
    ShellKind shell,
    Map<String, SuiteParameterView> parameters,
    Map<String, String> secrets,
    Instant createdAt,
    Instant updatedAt)
    implements OutwardView {
  public static TestSuiteView of(TestSuite s) {
    return new TestSuiteView(
        s.id(),
        s.name(),
        s.description(),
        RepositoryView.of(s.inputs()),
        RepositoryView.of(s.outputs()),
        s.tests().stream().map(SuiteEntryView::of).toList(),
        s.shell(),
        SuiteParameterView.of(s.parameters()),
        s.secrets(),
        s.createdAt(),
        s.updatedAt());
  }
}
