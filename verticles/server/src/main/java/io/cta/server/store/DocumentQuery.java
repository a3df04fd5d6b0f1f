package io.cta.server.store;

import java.util.List;

/**
 * Asks for a page of a collection.
 *
 * @param sort field, or {@code id}; ties are broken by id in the same direction
 * @param limit 1 to 10,000
 * @param after the {@link QueryPage#next} of the page before, or null for the first
 * @param omit top-level fields left out of the bodies, for lists of big documents
 */
public record DocumentQuery(
    CollectionSpec collection,
    DocumentFilter filter,
    String sort,
    boolean descending,
    int limit,
    String after,
    List<String> omit) {
  public static DocumentQuery of(CollectionSpec collection, DocumentFilter filter, int limit) {
    return new DocumentQuery(collection, filter, "id", false, limit, null, List.of());
  }

  public DocumentQuery sortedBy(String field, boolean desc) {
    return new DocumentQuery(collection, filter, field, desc, limit, after, omit);
  }

  public DocumentQuery after(String next) {
    return new DocumentQuery(collection, filter, sort, descending, limit, next, omit);
  }

  public DocumentQuery omitting(String... fields) {
    return new DocumentQuery(collection, filter, sort, descending, limit, after, List.of(fields));
  }
}
