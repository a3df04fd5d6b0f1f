package io.cta.server.store.sqlite;

import io.cta.server.store.CollectionSpec.Type;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.FieldValues;
import io.cta.server.store.KeysetCursor;
import io.cta.server.store.QueryPage;
import io.cta.server.store.StoredDocument;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a page and finds where the next one begins. */
final class PageReader {
  private PageReader() {}

  private record Row(Object sort, StoredDocument document) {}

  static QueryPage<StoredDocument> read(
      SqliteSession session,
      CollectionTable table,
      DocumentQuery query,
      List<KeysetCursor.Segment> segments)
      throws SQLException {
    boolean flag = FieldValues.declared(table.spec, query.sort()).type() == Type.BOOLEAN;
    Set<String> omit = Set.copyOf(query.omit());
    List<Row> rows = new ArrayList<>();
    for (KeysetCursor.Segment segment : segments) {
      // one more than asked for tells whether there is a next page
      int wanted = query.limit() + 1 - rows.size();
      if (wanted > 0) {
        SelectStatement select = SelectStatement.page(table, query, segment, wanted);
        rows.addAll(
            session.query(
                select.sql(),
                select.values(),
                row -> {
                  Object sort = row.getObject(3);
                  return new Row(
                      flag && sort != null ? Boolean.valueOf(row.getInt(3) == 1) : sort,
                      new StoredDocument(
                          row.getString(1),
                          row.getLong(2),
                          CompactBody.content(table, row, 4, omit)));
                }));
      }
    }
    boolean more = rows.size() > query.limit();
    List<Row> kept = more ? rows.subList(0, query.limit()) : rows;
    Row last = more ? kept.get(kept.size() - 1) : null;
    return new QueryPage<>(
        kept.stream().map(Row::document).toList(),
        more ? KeysetCursor.next(query, last.sort(), last.document().id()) : null);
  }
}
