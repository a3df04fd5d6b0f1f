package io.cta.server.view.definitions;

import java.time.Instant;
import java.util.List;

/**
 * What applying one document did, or would do.
 *
 * @param next when it starts something by itself; empty for most kinds
 * @param action {@code created}, {@code updated} or {@code unchanged}
 */
public record AppliedDocumentView(
    String kind, String name, String action, List<FieldChangeView> changes, List<Instant> next) {}
