package io.cta.server.store.sqlite;

import io.cta.server.store.CollectionSpec.Field;
import io.cta.server.store.CollectionSpec.Type;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Updates tables and indexes to what the collections declare. Inside the writer's transaction. */
final class SchemaUpdater {
  private SchemaUpdater() {}

  static void bring(SqliteSession session, List<CollectionTable> tables) throws SQLException {
    session.forget();
    for (CollectionTable table : tables) {
      session.update(table.create(), List.of());
      Map<String, String> wanted = table.indexes();
      dropIndexes(session, table, wanted);
      columns(session, table);
      for (Map.Entry<String, String> index : wanted.entrySet()) {
        if (!indexes(session, table).contains(index.getKey())) {
          session.update(index.getValue(), List.of());
        }
      }
    }
    session.forget();
  }

  private static void dropIndexes(
      SqliteSession session, CollectionTable table, Map<String, String> wanted)
      throws SQLException {
    for (String index : indexes(session, table)) {
      if (!wanted.containsKey(index)) {
        session.update("DROP INDEX " + CollectionTable.quote(index), List.of());
      }
    }
  }

  private static void columns(SqliteSession session, CollectionTable table) throws SQLException {
    Map<String, String> found = new LinkedHashMap<>();
    session.query(
        "SELECT name,type FROM pragma_table_info(?) WHERE name LIKE 'f.%'",
        List.of(table.spec.name()), row -> found.put(row.getString(1), row.getString(2)));
    Map<String, Field> wanted = new LinkedHashMap<>();
    table.spec.fields().forEach(field -> wanted.put("f." + field.path(), field));
    for (Map.Entry<String, String> column : found.entrySet()) {
      Field field = wanted.get(column.getKey());
      if (field != null && field.type().name().equals(column.getValue())) {
        wanted.remove(column.getKey());
      } else {
        dropColumn(session, table, column.getKey(), column.getValue());
      }
    }
    for (Field field : wanted.values()) {
      addColumn(session, table, field);
    }
  }

  private static void dropColumn(
      SqliteSession session, CollectionTable table, String column, String type)
      throws SQLException {
    if (!type.equals(Type.TEXTS.name()) && column.indexOf('.') == column.lastIndexOf('.')) {
      session.update(CompactBody.giveBack(table, column.substring(2), type), List.of());
    }
    // SQLite drops no column that has an index; indexes still wanted are created again afterwards
    for (String index : indexes(session, table)) {
      session.update("DROP INDEX " + CollectionTable.quote(index), List.of());
    }
    session.update(
        "ALTER TABLE %s DROP COLUMN %s".formatted(table.name, CollectionTable.quote(column)),
        List.of());
  }

  private static void addColumn(SqliteSession session, CollectionTable table, Field field)
      throws SQLException {
    String column = CollectionTable.column(field.path());
    session.update(
        "ALTER TABLE %s ADD COLUMN %s %s".formatted(table.name, column, field.type()), List.of());
    String path = "$.\"" + field.path().replace(".", "\".\"") + '"';
    String types =
        switch (field.type()) {
          case TEXT -> "'text'";
          case NUMBER -> "'integer','real'";
          case BOOLEAN -> "'true','false'";
          case TEXTS -> "'array'";
        };
    session.update(
        "UPDATE %s SET %s=json_extract(%s,?) WHERE json_type(%s,?) IN (%s)"
            .formatted(table.name, column, CompactBody.OBJECT, CompactBody.OBJECT, types),
        List.of(path, path));
  }

  private static List<String> indexes(SqliteSession session, CollectionTable table)
      throws SQLException {
    return session.query(
        "SELECT name FROM sqlite_master WHERE type='index' AND sql IS NOT NULL AND tbl_name=?",
        List.of(table.spec.name()),
        row -> row.getString(1));
  }
}
