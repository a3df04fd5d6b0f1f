package io.cta.server.view.executions;

import io.cta.server.view.OutwardView;

/**
 * What is missing of an artifact that an agent offered.
 *
 * @param complete true when the server keeps it
 * @param offset bytes of its content that the server has
 */
public record ArtifactProgressView(boolean complete, long offset) implements OutwardView {}
