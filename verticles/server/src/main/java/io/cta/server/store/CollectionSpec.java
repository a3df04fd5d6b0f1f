package io.cta.server.store;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
  /** Names of the declared fields at the top level whose value is a text, a number or a boolean. */
  public Set<String> plain() {
    return fields.stream().filter(Field::plain).map(Field::path).collect(Collectors.toSet());
  }

  /**
   * A declared field. Arrays of strings match when any element does.
   *
   * @param index how documents are found by it
   */
  public record Field(String path, Type type, Index index) {
    public Field(String path, Type type) {
      this(path, type, Index.ALL);
    }

    /** True at the top level of a document with a single value. */
    public boolean plain() {
      return type != Type.TEXTS && path.indexOf('.') < 0;
    }
  }

  /** How documents are found by a field. */
  public enum Index {
    /** By an index of all documents. */
    ALL,
    /** By an index of those documents that have the field: most have it for a short time only. */
    PRESENT,
    /**
     * By their ids: each begins with the value of the field, then a dash or a full stop. A store
     * that keeps documents in the order of their ids needs no index for that.
     */
    IDS,
    /** Not: it is only used together with one that has an index. */
    NONE
  }

  /** How a field's values compare. */
  public enum Type {
    TEXT,
    NUMBER,
    BOOLEAN,
    TEXTS
  }
}
