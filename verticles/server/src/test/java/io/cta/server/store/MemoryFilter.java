package io.cta.server.store;

import io.cta.server.store.CollectionSpec.Field;
import io.cta.server.store.KeysetCursor.Segment;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** How {@link MemoryStore} matches and sorts; queries and filters are checked ones. */
final class MemoryFilter {
  private static final Comparator<Object> VALUES = Comparator.nullsFirst(MemoryFilter::compare);

  private MemoryFilter() {}

  static Predicate<StoredDocument> of(CollectionSpec collection, DocumentFilter filter) {
    return d ->
        filter.conditions().stream().allMatch(c -> holds(value(collection, d, c.field()), c));
  }

  static Comparator<StoredDocument> order(DocumentQuery q) {
    Comparator<StoredDocument> order =
        Comparator.comparing((StoredDocument d) -> value(q.collection(), d, q.sort()), VALUES)
            .thenComparing(StoredDocument::id);
    return q.descending() ? order.reversed() : order;
  }

  static Predicate<StoredDocument> beyond(DocumentQuery q) {
    List<Segment> segments = KeysetCursor.segments(q);
    return d -> segments.stream().anyMatch(s -> within(q, s, d));
  }

  static Object value(CollectionSpec collection, StoredDocument d, String path) {
    Field field = FieldValues.declared(collection, path);
    return path.equals("id") ? d.id() : FieldValues.of(field, d.body());
  }

  private static boolean within(DocumentQuery q, Segment segment, StoredDocument d) {
    Object value = value(q.collection(), d, q.sort());
    if (segment instanceof Segment.AfterId s) {
      return behind(q, d.id(), s.id());
    }
    if (segment instanceof Segment.AfterValue s) {
      boolean same = value != null && compare(value, s.value()) == 0;
      return value != null && (same ? behind(q, d.id(), s.id()) : behind(q, value, s.value()));
    }
    if (segment instanceof Segment.Missing s) {
      return value == null && (s.id() == null || behind(q, d.id(), s.id()));
    }
    return segment instanceof Segment.All || value != null;
  }

  private static boolean behind(DocumentQuery q, Object value, Object last) {
    int order = compare(value, last);
    return q.descending() ? order < 0 : order > 0;
  }

  private static boolean holds(Object value, DocumentFilter.Condition c) {
    if (value instanceof List<?> many
        && (c.op() == DocumentFilter.Op.EQ || c.op() == DocumentFilter.Op.IN)) {
      return many.stream().anyMatch(v -> holds(v, c));
    }
    if (value == null) {
      return c.op() == DocumentFilter.Op.MISSING;
    }
    List<Object> wanted = c.values();
    return switch (c.op()) {
      case EQ, IN -> wanted.stream().anyMatch(w -> compare(value, w) == 0);
      case LT -> compare(value, wanted.get(0)) < 0;
      case LTE -> compare(value, wanted.get(0)) <= 0;
      case GT -> compare(value, wanted.get(0)) > 0;
      case GTE -> compare(value, wanted.get(0)) >= 0;
      case PREFIX -> value.toString().startsWith(wanted.get(0).toString());
      case EXISTS -> true;
      case MISSING -> false;
    };
  }

  private static int compare(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return Double.compare(x.doubleValue(), y.doubleValue());
    }
    if (a instanceof Boolean x && b instanceof Boolean y) {
      return x.compareTo(y);
    }
    return a.toString().compareTo(b.toString());
  }
}
