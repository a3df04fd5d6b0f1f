package io.cta.server.view.definitions;

import io.cta.domain.AfterPush;
import java.util.List;

/** Where to push the results of an execution. */
public record AfterPushView(RepositoryView to, List<String> formats) {
  static AfterPushView of(AfterPush p) {
    return p == null ? null : new AfterPushView(RepositoryView.of(p.to()), p.formats());
  }
}
