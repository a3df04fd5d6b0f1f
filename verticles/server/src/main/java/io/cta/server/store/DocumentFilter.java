package io.cta.server.store;

import java.util.List;

/** Selects documents by conditions on declared fields, all of which must hold. */
public record DocumentFilter(List<Condition> conditions) {
  public static final DocumentFilter ALL = new DocumentFilter(List.of());

  /** One condition; {@code IN} takes several values, {@code EXISTS} none, the others one. */
  public record Condition(String field, Op op, List<Object> values) {}

  /** How a field's value is compared; PREFIX is for text. */
  public enum Op {
    EQ,
    IN,
    LT,
    LTE,
    GT,
    GTE,
    PREFIX,
    EXISTS,
    MISSING
  }

  public static DocumentFilter eq(String field, Object value) {
    return ALL.and(field, Op.EQ, value);
  }

  public DocumentFilter and(String field, Op op, Object... values) {
    List<Condition> all = new java.util.ArrayList<>(conditions);
    all.add(new Condition(field, op, List.of(values)));
    return new DocumentFilter(List.copyOf(all));
  }
}
