package io.cta.server.view.executions;

import io.cta.domain.CaseDetails;
import java.util.List;
import java.util.Map;

/** What a report says about a case besides its result. */
public record CaseDetailsView(
    String file,
    Integer line,
    String type,
    String trace,
    String stdout,
    String stderr,
    Map<String, String> properties,
    List<String> attachments,
    List<String> reruns) {
  /** Returns null for null. */
  static CaseDetailsView of(CaseDetails d) {
    return d == null
        ? null
        : new CaseDetailsView(
            d.file(),
            d.line(),
            d.type(),
            d.trace(),
            d.stdout(),
            d.stderr(),
            d.properties(),
            d.attachments(),
            d.reruns());
  }
}
