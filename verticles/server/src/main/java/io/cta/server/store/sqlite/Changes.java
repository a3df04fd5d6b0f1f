package io.cta.server.store.sqlite;

import io.cta.json.Json;
import io.cta.server.store.FieldValues;
import io.cta.server.store.Write;
import io.cta.server.store.Write.Outcome;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A write, checked and encoded on the caller's thread, carried out on the writer's.
 *
 * @param fields values of the declared columns, as SQLite holds them; null for a delete
 * @param body JSON text; null for a delete
 */
record Changes(Table table, Write write, List<Object> fields, String body) {
  static Changes of(Table table, Write write) {
    if (write instanceof Write.Insert insert) {
      return of(table, write, insert.body());
    }
    if (write instanceof Write.Replace replace) {
      return of(table, write, replace.body());
    }
    return new Changes(table, write, null, null);
  }

  private static Changes of(Table table, Write write, JsonObject body) {
    List<Object> fields = new ArrayList<>();
    for (Object value : FieldValues.all(table.spec, body)) {
      fields.add(column(value));
    }
    JsonObject whole = body.containsKey("id") ? body : body.copy().put("id", write.id());
    return new Changes(table, write, fields, Json.encode(whole).toString(StandardCharsets.UTF_8));
  }

  Outcome run(Session session) throws SQLException {
    if (write instanceof Write.Insert insert) {
      List<Object> values = new ArrayList<>(fields.size() + 3);
      values.add(write.id());
      values.add(insert.version());
      values.addAll(fields);
      values.add(body);
      return session.update(table.insert, values) == 1 ? Outcome.DONE : Outcome.DUPLICATE;
    }
    if (write instanceof Write.Replace replace) {
      return replace(session, replace.version());
    }
    long version = ((Write.Delete) write).version();
    return session.update(table.delete, List.of(write.id(), version)) == 1
        ? Outcome.DONE
        : Outcome.STALE;
  }

  private Outcome replace(Session session, long version) throws SQLException {
    int count = fields.size();
    List<Object[]> found =
        session.query(
            table.fields,
            List.of(write.id()),
            row -> {
              Object[] values = new Object[count + 1];
              values[0] = row.getLong(1);
              for (int i = 1; i <= count; i++) {
                values[i] = row.getObject(i + 1);
              }
              return values;
            });
    if (found.isEmpty() || (long) found.get(0)[0] != version) {
      return Outcome.STALE;
    }
    long changed = 0;
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (!same(fields.get(i), found.get(0)[i + 1])) {
        changed |= 1L << i;
        values.add(fields.get(i));
      }
    }
    values.add(version + 1);
    values.add(body);
    values.add(write.id());
    // the version is right, so only a unique field can have been in the way
    return session.update(table.update(changed), values) == 1 ? Outcome.DONE : Outcome.DUPLICATE;
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
      return Json.encode(texts).toString(StandardCharsets.UTF_8);
    }
    return value;
  }
}
