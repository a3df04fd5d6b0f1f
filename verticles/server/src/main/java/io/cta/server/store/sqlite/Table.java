package io.cta.server.store.sqlite;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.CollectionSpec.Field;
import io.cta.server.store.CollectionSpec.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The SQL of one collection: a column for each declared field, the body last. Pure. */
final class Table {
  final CollectionSpec spec;
  final String name;
  final String insert;
  final String get;
  final String fields;
  final String delete;
  private final Map<Long, String> updates = new ConcurrentHashMap<>();

  Table(CollectionSpec spec) {
    if (spec.fields().size() > Long.SIZE) {
      throw new IllegalArgumentException(spec.name() + " declares too many fields");
    }
    this.spec = spec;
    name = quote(spec.name());
    String columns = spec.fields().stream().map(f -> column(f.path()) + ",").collect(joined());
    String marks = "?,".repeat(spec.fields().size());
    insert =
        "INSERT INTO %s(id,version,%sbody) VALUES(?,1,%s?) ON CONFLICT DO NOTHING"
            .formatted(name, columns, marks);
    get = "SELECT version,body FROM %s WHERE id=?".formatted(name);
    fields =
        "SELECT version%s FROM %s WHERE id=?"
            .formatted(
                spec.fields().stream().map(f -> "," + column(f.path())).collect(joined()), name);
    delete = "DELETE FROM %s WHERE id=? AND version=?".formatted(name);
  }

  /** Replaces body and those columns whose bit is set, so that only their indexes are touched. */
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

  /** Names of the indexes and the statements that make them. */
  Map<String, String> indexes() {
    Map<String, String> out = new LinkedHashMap<>();
    for (String path : spec.unique()) {
      index(out, "UNIQUE ", List.of(path));
    }
    for (List<String> paths : spec.compound()) {
      index(out, "", paths);
    }
    for (Field field : spec.fields()) {
      boolean useful = field.type() != Type.BOOLEAN && field.type() != Type.TEXTS;
      if (useful && !spec.unique().contains(field.path()) && !leads(field.path())) {
        index(out, "", List.of(field.path(), "id"));
      }
    }
    return out;
  }

  /** Whether a compound index begins with that field. */
  boolean leads(String path) {
    return spec.compound().stream().anyMatch(paths -> paths.get(0).equals(path));
  }

  static String column(String path) {
    return path.equals("id") ? "id" : quote("f." + path);
  }

  static String quote(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private void index(Map<String, String> out, String unique, List<String> paths) {
    String index = "i." + spec.name() + "." + String.join(",", paths);
    String columns = paths.stream().map(Table::column).collect(Collectors.joining(","));
    out.put(index, "CREATE %sINDEX %s ON %s(%s)".formatted(unique, quote(index), name, columns));
  }

  private String updateOf(long changed) {
    StringBuilder out = new StringBuilder("UPDATE OR IGNORE ").append(name).append(" SET ");
    for (int i = 0; i < spec.fields().size(); i++) {
      if ((changed & 1L << i) != 0) {
        out.append(column(spec.fields().get(i).path())).append("=?,");
      }
    }
    return out.append("version=?,body=? WHERE id=?").toString();
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining();
  }
}
