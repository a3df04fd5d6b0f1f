package io.cta.server.view.executions;

import io.cta.domain.ResolvedInput;
import java.util.List;

/** What an input was when it was first fetched. */
public record ResolvedInputView(
    int input, String version, String sha256, String branch, String author, String subject) {
  static List<ResolvedInputView> of(List<ResolvedInput> inputs) {
    return inputs.stream()
        .map(
            i ->
                new ResolvedInputView(
                    i.input(), i.version(), i.sha256(), i.branch(), i.author(), i.subject()))
        .toList();
  }
}
