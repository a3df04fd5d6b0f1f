package io.cta.server.store.sqlite;

import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentFilter.Condition;
import io.cta.server.store.DocumentFilter.Op;
import io.cta.server.store.IndexSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the index for a query. SQLite has no statistics while a store fills, takes every equality
 * for equally rare, and would rather walk a million documents in sort order than sort a hundred.
 * Pure.
 *
 * @param index null to let SQLite choose
 * @param split an IN condition whose values are queried one by one and merged, because the index
 *     has the sort order within each value only; or null
 */
record IndexChoice(IndexSpec index, Condition split) {
  private static final IndexChoice NONE = new IndexChoice(null, null);
  private static final int MAX_SPLIT = 16;

  /**
   * @param sort what the answer is sorted by, or null for a count
   */
  static IndexChoice of(List<IndexSpec> indexes, DocumentFilter filter, String sort) {
    boolean one =
        indexes.stream().anyMatch(i -> i.unique() && has(filter, i.paths().get(0), Op.EQ));
    if (one || has(filter, "id", Op.EQ) || has(filter, "id", Op.IN)) {
      return NONE;
    }
    return equal(indexes, filter, sort)
        .or(() -> split(indexes, filter, sort))
        .or(() -> range(indexes, filter, sort))
        .orElse(NONE);
  }

  /** The index with most equalities, then the one in sort order, then the one declared first. */
  private static Optional<IndexChoice> equal(
      List<IndexSpec> indexes, DocumentFilter filter, String sort) {
    Comparator<IndexSpec> better =
        Comparator.<IndexSpec>comparingInt(i -> -equalities(i, filter))
            .thenComparing(i -> !sorted(i, equalities(i, filter), sort));
    return indexes.stream()
        .filter(i -> equalities(i, filter) > 0)
        .min(better)
        .map(i -> new IndexChoice(i, null));
  }

  private static Optional<IndexChoice> split(
      List<IndexSpec> indexes, DocumentFilter filter, String sort) {
    for (Condition condition : filter.conditions()) {
      if (condition.op() == Op.IN
          && !condition.values().isEmpty()
          && condition.values().size() <= MAX_SPLIT) {
        for (IndexSpec index : indexes) {
          if (index.paths().get(0).equals(condition.field())
              && (sort == null || sorted(index, 1, sort))) {
            return Optional.of(new IndexChoice(index, sort == null ? null : condition));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<IndexChoice> range(
      List<IndexSpec> indexes, DocumentFilter filter, String sort) {
    return indexes.stream()
        .filter(i -> sort == null || i.paths().get(0).equals(sort))
        .filter(i -> filter.conditions().stream().anyMatch(c -> bounds(c, i.paths().get(0))))
        .findFirst()
        .map(i -> new IndexChoice(i, null));
  }

  private static int equalities(IndexSpec index, DocumentFilter filter) {
    int count = 0;
    while (count < index.paths().size() && has(filter, index.paths().get(count), Op.EQ)) {
      count++;
    }
    return count;
  }

  private static boolean sorted(IndexSpec index, int from, String sort) {
    return from < index.paths().size() && index.paths().get(from).equals(sort);
  }

  private static boolean has(DocumentFilter filter, String field, Op op) {
    return filter.conditions().stream().anyMatch(c -> c.field().equals(field) && c.op() == op);
  }

  private static boolean bounds(Condition condition, String field) {
    return condition.field().equals(field)
        && switch (condition.op()) {
          case LT, LTE, GT, GTE, PREFIX -> true;
          default -> false;
        };
  }
}
