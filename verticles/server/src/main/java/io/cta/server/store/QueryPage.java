package io.cta.server.store;

import java.util.List;

/**
 * The answer to a {@link DocumentQuery}.
 *
 * @param next where the next page begins, opaque; null on the last page
 */
public record QueryPage<T>(List<T> items, String next) {}
