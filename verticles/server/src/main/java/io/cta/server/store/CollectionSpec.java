package io.cta.server.store;

import java.util.List;

/**
 * A collection and the fields that queries may use.
 *
 * @param fields what filters and sorts may name, by path ({@code scenarioId}, {@code
 *     counts.failed}); anything else is refused
 * @param unique those of them whose values are unique among documents that have them
 * @param compound indexes over several fields, in order; those that find fewest documents first
 */
public record CollectionSpec(
    String name, List<Field> fields, List<String> unique, List<List<String>> compound) {
  /**
   * A declared field. Arrays of strings match when any element does.
   *
   * @param indexed false for a field that is only used together with an indexed one
   */
  public record Field(String path, Type type, boolean indexed) {
    public Field(String path, Type type) {
      this(path, type, true);
    }
  }

  /** How a field's values compare. */
  public enum Type {
    TEXT,
    NUMBER,
    BOOLEAN,
    TEXTS
  }
}
