package io.cta.server.store;

import java.util.List;

/**
 * A page of a collection.
 *
 * @param sort field, or {@code id}; ties are broken by id in the same direction
 * @param limit 1 to 10,000
 * @param after the {@link Page#next} of the page before, or null for the first
 * @param omit top-level fields left out of the bodies, for lists of big documents
 */
public record Query(
    CollectionSpec collection,
    Filter filter,
    String sort,
    boolean descending,
    int limit,
    String after,
    List<String> omit) {
  public static Query of(CollectionSpec collection, Filter filter, int limit) {
    return new Query(collection, filter, "id", false, limit, null, List.of());
  }

  public Query sortedBy(String field, boolean desc) {
    return new Query(collection, filter, field, desc, limit, after, omit);
  }

  public Query after(String next) {
    return new Query(collection, filter, sort, descending, limit, next, omit);
  }

  public Query omitting(String... fields) {
    return new Query(collection, filter, sort, descending, limit, after, List.of(fields));
  }
}
