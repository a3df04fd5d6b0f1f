package io.cta.server.store.sqlite;

import io.cta.server.store.CollectionSpec.Type;
import io.cta.server.store.FieldValues;
import io.cta.server.store.Filter;
import io.cta.server.store.Filter.Condition;
import io.cta.server.store.Filter.Op;
import io.cta.server.store.Keyset.Segment;
import io.cta.server.store.Query;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A statement that asks, and its values. Built from checked queries only. Pure. */
record Select(String sql, List<Object> values) {

  /** Rows of id, version, sort value and body. */
  static Select page(Table table, Query query, Segment segment, int limit) {
    IndexChoice choice = IndexChoice.of(table.indexes, query.filter(), query.sort());
    Select whole = branch(table, query, query.filter(), segment, choice, limit);
    if (choice.split() == null) {
      return whole;
    }
    StringBuilder sql = new StringBuilder();
    List<Object> values = new ArrayList<>();
    for (Object value : choice.split().values()) {
      Filter one = replaced(query.filter(), choice.split(), value);
      Select branch = branch(table, query, one, segment, choice, limit);
      sql.append(sql.isEmpty() ? "" : " UNION ALL ");
      sql.append("SELECT * FROM (").append(branch.sql).append(')');
      values.addAll(branch.values);
    }
    String direction = query.descending() ? " DESC" : "";
    sql.append(" ORDER BY 3").append(direction).append(",1").append(direction).append(" LIMIT ?");
    values.add(limit);
    return new Select(sql.toString(), values);
  }

  static Select count(Table table, Filter filter) {
    Where where = new Where(table);
    where.sql.append("SELECT count(*)");
    where.from(IndexChoice.of(table.indexes, filter, null));
    where.filter(filter);
    return where.done();
  }

  static Select countBy(Table table, Filter filter, String field) {
    Where where = new Where(table);
    String column = table.name + "." + Table.column(field);
    boolean list = FieldValues.declared(table.spec, field).type() == Type.TEXTS;
    String value = list ? "e.value" : column;
    where.sql.append("SELECT ").append(value).append(",count(*)");
    where.from(IndexChoice.of(table.indexes, filter, null));
    if (list) {
      where.sql.append(",json_each(").append(column).append(") e");
    }
    where.filter(filter);
    where.and().append(value).append(" IS NOT NULL");
    where.sql.append(" GROUP BY 1");
    return where.done();
  }

  private static Select branch(
      Table table, Query query, Filter filter, Segment segment, IndexChoice choice, int limit) {
    Where where = new Where(table);
    String sort = Table.column(query.sort());
    where.sql.append("SELECT id,version,").append(sort).append(',');
    where.body(query.omit());
    where.from(choice);
    where.filter(filter);
    where.segment(segment, sort, query.descending());
    String direction = query.descending() ? " DESC" : "";
    where.sql.append(" ORDER BY ").append(sort).append(direction);
    if (!sort.equals("id")) {
      where.sql.append(",id").append(direction);
    }
    where.sql.append(" LIMIT ?");
    where.values.add(limit);
    return where.done();
  }

  private static Filter replaced(Filter filter, Condition split, Object value) {
    return new Filter(
        filter.conditions().stream()
            .map(c -> c == split ? new Condition(c.field(), Op.EQ, List.of(value)) : c)
            .toList());
  }

  Select {
    values = Collections.unmodifiableList(values);
  }
}
