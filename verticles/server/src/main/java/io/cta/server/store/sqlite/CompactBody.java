package io.cta.server.store.sqlite;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.CollectionSpec.Field;
import io.cta.server.store.CollectionSpec.Type;
import io.cta.server.store.DocumentContent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * The body of a row, without what the row's columns hold: the id and the plain fields. It is JSON
 * text with a comma for its opening brace, so that the rest of the document goes before it. A body
 * that begins with a brace is whole: one of an earlier version, or one with a value that a column
 * does not give back as it was.
 */
final class CompactBody {
  /** An SQL expression: the body as a JSON object, in either form. */
  static final String OBJECT = "'{'||substr(body,2)";

  /** The length of a body without fields. */
  private static final int EMPTY = 2;

  private CompactBody() {}

  /**
   * @param values of all declared fields, as the content has them
   */
  static byte[] of(CollectionSpec spec, String id, DocumentContent content, List<Object> values) {
    if (!restorable(id) || !restorable(spec, values)) {
      return content.text(id);
    }
    byte[] body = content.remainder(spec);
    body[0] = ',';
    return body;
  }

  /**
   * The whole content of a row.
   *
   * @param row whose first column is the id
   * @param at the column of the body; those of the plain fields follow
   * @param omit fields to leave out
   */
  static DocumentContent content(CollectionTable table, ResultSet row, int at, Set<String> omit)
      throws SQLException {
    byte[] body = row.getBytes(at);
    if (body[0] == '{') {
      return DocumentContent.ofText(body);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 48 * table.plain.size());
    out.writeBytes(text("{\"id\":"));
    out.writeBytes(quoted(row.getString(1)));
    int column = at;
    for (Field field : table.plain) {
      Object value = row.getObject(++column);
      if (value != null && !omit.contains(field.path())) {
        out.writeBytes(text(",\"" + field.path() + "\":"));
        out.writeBytes(json(field.type(), value));
      }
    }
    int from = body.length == EMPTY ? 1 : 0;
    out.write(body, from, body.length - from);
    return DocumentContent.ofText(out.toByteArray());
  }

  /** SQL that puts a column's values into the bodies that lack them. */
  static String giveBack(CollectionTable table, String path, String type) {
    String column = CollectionTable.column(path);
    String json =
        type.equals(Type.BOOLEAN.name())
            ? "CASE " + column + " WHEN 0 THEN 'false' ELSE 'true' END"
            : "json_quote(" + column + ")";
    return "UPDATE %s SET body=',\"%s\":'||%s||CASE body WHEN ',}' THEN '}' ELSE body END WHERE %s IS NOT NULL AND body NOT LIKE '{%%'"
        .formatted(table.name, path, json, column);
  }

  private static boolean restorable(CollectionSpec spec, List<Object> values) {
    for (int i = 0; i < values.size(); i++) {
      if (spec.fields().get(i).plain() && !restorable(values.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean restorable(Object value) {
    return value instanceof String text
        ? !hasSurrogate(text)
        : value == null
            || value instanceof Integer
            || value instanceof Long
            || value instanceof Boolean;
  }

  private static boolean hasSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static byte[] json(Type type, Object value) {
    return switch (type) {
      case TEXT, TEXTS -> quoted(value.toString());
      case NUMBER -> text(value.toString());
      case BOOLEAN -> text(((Number) value).intValue() == 0 ? "false" : "true");
    };
  }

  private static byte[] quoted(String value) {
    return text('"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"');
  }

  private static byte[] text(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
