package io.cta.server.store.sqlite;

import io.cta.server.store.CollectionSpec.Type;
import io.cta.server.store.Document;
import io.cta.server.store.DocumentContent;
import io.cta.server.store.FieldValues;
import io.cta.server.store.Keyset;
import io.cta.server.store.Page;
import io.cta.server.store.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads a page and finds where the next one begins. */
final class Pages {
  private Pages() {}

  private record Row(Object sort, Document document) {}

  static Page<Document> read(
      Session session, Table table, Query query, List<Keyset.Segment> segments)
      throws SQLException {
    boolean flag = FieldValues.declared(table.spec, query.sort()).type() == Type.BOOLEAN;
    List<Row> rows = new ArrayList<>();
    for (Keyset.Segment segment : segments) {
      // one more than asked for tells whether there is a next page
      int wanted = query.limit() + 1 - rows.size();
      if (wanted > 0) {
        Select select = Select.page(table, query, segment, wanted);
        rows.addAll(
            session.query(
                select.sql(),
                select.values(),
                row -> {
                  Object sort = row.getObject(3);
                  return new Row(
                      flag && sort != null ? Boolean.valueOf(row.getInt(3) == 1) : sort,
                      new Document(
                          row.getString(1),
                          row.getLong(2),
                          DocumentContent.ofText(row.getBytes(4))));
                }));
      }
    }
    boolean more = rows.size() > query.limit();
    List<Row> kept = more ? rows.subList(0, query.limit()) : rows;
    Row last = more ? kept.get(kept.size() - 1) : null;
    return new Page<>(
        kept.stream().map(Row::document).toList(),
        more ? Keyset.next(query, last.sort(), last.document().id()) : null);
  }
}
