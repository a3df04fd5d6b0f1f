package io.cta.server.store.sqlite;

import io.cta.server.store.CollectionSpec.Type;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentFilter.Condition;
import io.cta.server.store.DocumentFilter.Op;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.FieldValues;
import io.cta.server.store.KeysetCursor.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A SELECT statement and its values. Built from checked queries only. Pure. */
record SelectStatement(String sql, List<Object> values) {

  /** Rows of id, version, sort value, body and the plain fields. */
  static SelectStatement page(
      CollectionTable table, DocumentQuery query, Segment segment, int limit) {
    IndexChoice choice = IndexChoice.of(table.indexes, query.filter(), query.sort());
    SelectStatement whole = branch(table, query, query.filter(), segment, choice, limit);
    if (choice.split() == null) {
      return whole;
    }
    StringBuilder sql = new StringBuilder();
    List<Object> values = new ArrayList<>();
    for (Object value : choice.split().values()) {
      DocumentFilter one = replaced(query.filter(), choice.split(), value);
      SelectStatement branch = branch(table, query, one, segment, choice, limit);
      sql.append(sql.isEmpty() ? "" : " UNION ALL ");
      sql.append("SELECT * FROM (").append(branch.sql).append(')');
      values.addAll(branch.values);
    }
    String direction = query.descending() ? " DESC" : "";
    sql.append(" ORDER BY 3").append(direction).append(",1").append(direction).append(" LIMIT ?");
    values.add(limit);
    return new SelectStatement(sql.toString(), values);
  }

  static SelectStatement count(CollectionTable table, DocumentFilter filter) {
    StatementBuilder statementBuilder = new StatementBuilder(table);
    statementBuilder.sql.append("SELECT count(*)");
    statementBuilder.from(IndexChoice.of(table.indexes, filter, null));
    statementBuilder.filter(filter);
    return statementBuilder.done();
  }

  static SelectStatement countBy(CollectionTable table, DocumentFilter filter, String field) {
    StatementBuilder statementBuilder = new StatementBuilder(table);
    String column = table.name + "." + CollectionTable.column(field);
    boolean list = FieldValues.declared(table.spec, field).type() == Type.TEXTS;
    String value = list ? "e.value" : column;
    statementBuilder.sql.append("SELECT ").append(value).append(",count(*)");
    statementBuilder.from(IndexChoice.of(table.indexes, filter, null));
    if (list) {
      statementBuilder.sql.append(",json_each(").append(column).append(") e");
    }
    statementBuilder.filter(filter);
    statementBuilder.and().append(value).append(" IS NOT NULL");
    statementBuilder.sql.append(" GROUP BY 1");
    return statementBuilder.done();
  }

  private static SelectStatement branch(
      CollectionTable table,
      DocumentQuery query,
      DocumentFilter filter,
      Segment segment,
      IndexChoice choice,
      int limit) {
    StatementBuilder statementBuilder = new StatementBuilder(table);
    String sort = CollectionTable.column(query.sort());
    statementBuilder.sql.append("SELECT id,version,").append(sort).append(',');
    statementBuilder.body(query.omit());
    statementBuilder.sql.append(table.plainColumns);
    statementBuilder.from(choice);
    statementBuilder.filter(filter);
    statementBuilder.segment(segment, sort, query.descending());
    String direction = query.descending() ? " DESC" : "";
    statementBuilder.sql.append(" ORDER BY ").append(sort).append(direction);
    if (!sort.equals("id")) {
      statementBuilder.sql.append(",id").append(direction);
    }
    statementBuilder.sql.append(" LIMIT ?");
    statementBuilder.values.add(limit);
    return statementBuilder.done();
  }

  private static DocumentFilter replaced(DocumentFilter filter, Condition split, Object value) {
    return new DocumentFilter(
        filter.conditions().stream()
            .map(c -> c == split ? new Condition(c.field(), Op.EQ, List.of(value)) : c)
            .toList());
  }

  SelectStatement {
    values = Collections.unmodifiableList(values);
  }
}
