package io.cta.server.store.sqlite;

import io.cta.json.JsonMapping;
import io.cta.server.store.DocumentContent;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.DocumentWrite.Outcome;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A write, checked and encoded on the caller's thread, carried out on the writer's.
 *
 * @param fields values of the declared columns, as SQLite holds them; null for a delete
 * @param before the values of the version that a replace replaces; null when unknown
 * @param body see {@link CompactBody}; null for a delete
 */
record EncodedWrite(
    CollectionTable table,
    DocumentWrite write,
    List<Object> fields,
    List<Object> before,
    byte[] body) {
  static EncodedWrite of(CollectionTable table, DocumentWrite write) {
    if (write instanceof DocumentWrite.Insert insert) {
      return encoded(table, write, insert.content(), null);
    }
    if (write instanceof DocumentWrite.Replace replace) {
      List<Object> before =
          replace.before() == null ? null : columns(replace.before().values(table.spec));
      return encoded(table, write, replace.content(), before);
    }
    return new EncodedWrite(table, write, null, null, null);
  }

  private static EncodedWrite encoded(
      CollectionTable table, DocumentWrite write, DocumentContent content, List<Object> before) {
    List<Object> values = content.values(table.spec);
    byte[] body = CompactBody.of(table.spec, write.id(), content, values);
    return new EncodedWrite(table, write, columns(values), before, body);
  }

  private static List<Object> columns(List<Object> values) {
    values.replaceAll(EncodedWrite::column);
    return values;
  }

  Outcome run(SqliteSession session) throws SQLException {
    if (write instanceof DocumentWrite.Insert insert) {
      List<Object> values = new ArrayList<>(fields.size() + 3);
      values.add(write.id());
      values.add(insert.version());
      values.addAll(fields);
      values.add(body);
      return session.update(table.insert, values) == 1 ? Outcome.DONE : Outcome.DUPLICATE;
    }
    if (write instanceof DocumentWrite.Replace replace) {
      List<Object> known = before == null ? stored(session, replace.version()) : before;
      return known == null ? Outcome.STALE : replace(session, replace.version(), known);
    }
    long version = ((DocumentWrite.Delete) write).version();
    return session.update(table.delete, List.of(write.id(), version)) == 1
        ? Outcome.DONE
        : Outcome.STALE;
  }

  /** The columns of a version, or null when it is not the stored one. */
  private List<Object> stored(SqliteSession session, long version) throws SQLException {
    List<List<Object>> found =
        session.query(
            table.fields,
            List.of(write.id()),
            row -> {
              List<Object> values = new ArrayList<>(fields.size() + 1);
              for (int i = 0; i <= fields.size(); i++) {
                values.add(row.getObject(i + 1));
              }
              return values;
            });
    boolean current = !found.isEmpty() && ((Number) found.get(0).get(0)).longValue() == version;
    return current ? found.get(0).subList(1, fields.size() + 1) : null;
  }

  private Outcome replace(SqliteSession session, long version, List<Object> known)
      throws SQLException {
    long changed = 0;
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      if (!same(fields.get(i), known.get(i))) {
        changed |= 1L << i;
        values.add(fields.get(i));
      }
    }
    values.add(version + 1);
    values.add(body);
    values.add(write.id());
    values.add(version);
    if (session.update(table.update(changed), values) == 1) {
      return Outcome.DONE;
    }
    // when the version matches, only a unique field can have prevented the update
    boolean taken = !table.spec.unique().isEmpty() && stored(session, version) != null;
    return taken ? Outcome.DUPLICATE : Outcome.STALE;
  }

  private static boolean same(Object next, Object stored) {
    if (next instanceof Number a && stored instanceof Number b) {
      return a.doubleValue() == b.doubleValue() && a.longValue() == b.longValue();
    }
    return Objects.equals(next, stored);
  }

  private static Object column(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value instanceof List<?> texts) {
      return JsonMapping.encode(texts).toString(StandardCharsets.UTF_8);
    }
    return value;
  }
}
