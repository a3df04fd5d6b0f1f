package io.cta.server.store;

import io.cta.error.ServiceFailure;
import io.cta.server.store.CollectionSpec.Field;
import io.cta.server.store.CollectionSpec.Type;
import io.cta.server.store.DocumentFilter.Condition;
import java.util.ArrayList;
import java.util.List;

/** Refuses queries that {@link DocumentStore} does not support, before any database sees them. */
public final class QueryCheck {
  private static final int MAX_LIMIT = 10_000;

  private QueryCheck() {}

  /** The same query with its filter's values in stored form, or an INVALID failure. */
  public static DocumentQuery query(DocumentQuery query) {
    if (query.limit() < 1 || query.limit() > MAX_LIMIT) {
      throw ServiceFailure.invalid("limit", "must be 1 to " + MAX_LIMIT);
    }
    if (FieldValues.declared(query.collection(), query.sort()).type() == Type.TEXTS) {
      throw ServiceFailure.invalid("sort", "cannot be " + query.sort() + ", which is a list");
    }
    return new DocumentQuery(
        query.collection(),
        filter(query.collection(), query.filter()),
        query.sort(),
        query.descending(),
        query.limit(),
        query.after(),
        query.omit());
  }

  /** The same filter with its values in stored form, or an INVALID failure. */
  public static DocumentFilter filter(CollectionSpec spec, DocumentFilter filter) {
    List<Condition> checked = new ArrayList<>(filter.conditions().size());
    for (Condition condition : filter.conditions()) {
      Field field = FieldValues.declared(spec, condition.field());
      checked.add(new Condition(condition.field(), condition.op(), operands(field, condition)));
    }
    return new DocumentFilter(List.copyOf(checked));
  }

  private static List<Object> operands(Field field, Condition condition) {
    boolean fits =
        switch (condition.op()) {
          case EQ, IN, EXISTS, MISSING -> true;
          case LT, LTE, GT, GTE -> field.type() == Type.TEXT || field.type() == Type.NUMBER;
          case PREFIX -> field.type() == Type.TEXT;
        };
    if (!fits) {
      throw ServiceFailure.invalid(
          field.path(), "cannot be compared by " + condition.op().name().toLowerCase());
    }
    int count = condition.values().size();
    boolean counted =
        switch (condition.op()) {
          case IN -> true;
          case EXISTS, MISSING -> count == 0;
          default -> count == 1;
        };
    if (!counted) {
      throw ServiceFailure.invalid(field.path(), "is compared with " + count + " values");
    }
    return condition.values().stream().map(v -> FieldValues.scalar(field, v)).distinct().toList();
  }
}
