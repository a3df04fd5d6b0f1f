package io.cta.server.view.executions;

import io.cta.server.view.OutwardView;
import java.util.List;

/** Some lines of a task's output, without what steers terminals. */
public record LogExcerptView(List<String> lines) implements OutwardView {}
