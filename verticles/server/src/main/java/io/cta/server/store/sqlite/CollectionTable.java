package io.cta.server.store.sqlite;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.CollectionSpec.Field;
import io.cta.server.store.CollectionSpec.Index;
import io.cta.server.store.CollectionSpec.Type;
import io.cta.server.store.FieldValues;
import io.cta.server.store.IndexSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The SQL of one collection: a column for each declared field, the body last. Pure. */
final class CollectionTable {
  final CollectionSpec spec;
  final List<IndexSpec> indexes;
  final String name;
  final String insert;
  final String get;
  final String fields;
  final String delete;

  /** The fields that a {@link CompactBody} lacks, and their columns with a comma before each. */
  final List<Field> plain;

  final String plainColumns;
  private final Map<Long, String> updates = new ConcurrentHashMap<>();

  CollectionTable(CollectionSpec spec) {
    if (spec.fields().size() > Long.SIZE) {
      throw new IllegalArgumentException(spec.name() + " declares too many fields");
    }
    this.spec = spec;
    indexes = useful(spec);
    name = quote(spec.name());
    String columns = spec.fields().stream().map(f -> column(f.path()) + ",").collect(joined());
    String marks = "?,".repeat(spec.fields().size());
    insert =
        "INSERT INTO %s(id,version,%sbody) VALUES(?,?,%sCAST(? AS TEXT)) ON CONFLICT DO NOTHING"
            .formatted(name, columns, marks);
    plain = spec.fields().stream().filter(Field::plain).toList();
    plainColumns = plain.stream().map(f -> "," + column(f.path())).collect(joined());
    get = "SELECT id,version,body%s FROM %s WHERE id=?".formatted(plainColumns, name);
    fields =
        "SELECT version%s FROM %s WHERE id=?"
            .formatted(
                spec.fields().stream().map(f -> "," + column(f.path())).collect(joined()), name);
    delete = "DELETE FROM %s WHERE id=? AND version=?".formatted(name);
  }

  /**
   * Replaces the body of a version, and those columns whose bit is set, so that only their indexes
   * are touched.
   */
  String update(long changed) {
    return updates.computeIfAbsent(changed, this::updateOf);
  }

  String create() {
    return "CREATE TABLE IF NOT EXISTS %s(id TEXT PRIMARY KEY NOT NULL,version INTEGER NOT NULL,%sbody TEXT NOT NULL)"
        .formatted(
            name,
            spec.fields().stream()
                .map(f -> column(f.path()) + " " + f.type() + ",")
                .collect(joined()));
  }

  /**
   * All but those over a list, which is a JSON text here, and those over what ids begin with: rows
   * are in the order of their ids.
   */
  private static List<IndexSpec> useful(CollectionSpec spec) {
    return IndexSpec.of(spec).stream()
        .filter(
            i -> {
              Field first = FieldValues.declared(spec, i.paths().get(0));
              boolean byId = first.index() == Index.IDS && i.paths().get(1).equals("id");
              return first.type() != Type.TEXTS && !byId;
            })
        .toList();
  }

  /** Names of the indexes and the statements that make them. */
  Map<String, String> indexes() {
    Map<String, String> out = new LinkedHashMap<>();
    for (IndexSpec index : indexes) {
      String unique = index.unique() ? "UNIQUE " : "";
      String columns =
          index.paths().stream().map(CollectionTable::column).collect(Collectors.joining(","));
      String sql = "CREATE %sINDEX %s ON %s(%s)%s";
      String where =
          index.sparse() ? " WHERE " + column(index.paths().get(0)) + " IS NOT NULL" : "";
      out.put(key(index), sql.formatted(unique, quote(key(index)), name, columns, where));
    }
    return out;
  }

  String key(IndexSpec index) {
    return "i." + spec.name() + "." + index.name() + (index.sparse() ? " present" : "");
  }

  static String column(String path) {
    return path.equals("id") ? "id" : quote("f." + path);
  }

  static String quote(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private String updateOf(long changed) {
    StringBuilder out = new StringBuilder("UPDATE OR IGNORE ").append(name).append(" SET ");
    for (int i = 0; i < spec.fields().size(); i++) {
      if ((changed & 1L << i) != 0) {
        out.append(column(spec.fields().get(i).path())).append("=?,");
      }
    }
    return out.append("version=?,body=CAST(? AS TEXT) WHERE id=? AND version=?").toString();
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining();
  }
}
