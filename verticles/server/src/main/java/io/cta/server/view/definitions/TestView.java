package io.cta.server.view.definitions;

import io.cta.domain.Test;
import io.cta.server.view.OutwardView;
import java.util.List;
import java.util.Map;

/** A test. */
public record TestView(
    String id,
    String name,
    String description,
    Boolean enabled,
    List<StageView> stages,
    Map<String, String> env,
    String timeout,
    ReportView report,
    List<String> artifacts,
    Boolean resumable)
    implements OutwardView {
  public static TestView of(Test t) {
    return new TestView(
        t.id(),
        t.name(),
        t.description(),
        t.enabled(),
        t.stages().stream().map(StageView::of).toList(),
        t.env(),
        t.timeout() == null ? null : t.timeout().written(),
        ReportView.of(t.report()),
        t.artifacts(),
        t.resumable());
  }
}
