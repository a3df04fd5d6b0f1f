package io.cta.server.view.definitions;

import io.cta.server.view.OutwardView;
import java.util.List;

/** What applying definitions did, or would do. */
public record AppliedView(boolean dryRun, List<AppliedDocumentView> documents)
    implements OutwardView {}
