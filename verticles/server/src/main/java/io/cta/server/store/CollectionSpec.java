package io.cta.server.store;

import java.util.List;

/**
 * A collection and the fields that can be asked for.
 *
 * @param fields indexed fields by path ({@code scenarioId}, {@code counts.failed}); filters and
 *     sorts on anything else are refused
 * @param unique those of them whose values are unique among documents that have them
 * @param compound indexes over several fields, in order
 */
public record CollectionSpec(
    String name, List<Field> fields, List<String> unique, List<List<String>> compound) {
  /** An indexed field. Arrays of strings match when any element does. */
  public record Field(String path, Type type) {}

  /** How a field's values compare. */
  public enum Type {
    TEXT,
    NUMBER,
    BOOLEAN,
    TEXTS
  }
}
