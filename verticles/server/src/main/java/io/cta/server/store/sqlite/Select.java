package io.cta.server.store.sqlite;

import io.cta.server.store.CollectionSpec.Type;
import io.cta.server.store.FieldValues;
import io.cta.server.store.Filter;
import io.cta.server.store.Filter.Condition;
import io.cta.server.store.Filter.Op;
import io.cta.server.store.Keyset.Segment;
import io.cta.server.store.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A statement that asks, and its values. Built from checked queries only. Pure. */
record Select(String sql, List<Object> values) {
  /** Sorts behind every text that begins with the text before it. */
  private static final String LAST = "\uDBFF\uDFFF";

  static Select page(Table table, Query query, Segment segment, int limit) {
    Builder out = new Builder(table);
    String sort = Table.column(query.sort());
    out.sql.append("SELECT id,version,").append(sort).append(',');
    out.body(query.omit());
    out.sql.append(" FROM ").append(table.name);
    out.where(query.filter());
    out.segment(segment, sort, query.descending());
    String direction = query.descending() ? " DESC" : "";
    out.sql.append(" ORDER BY ").append(sort).append(direction);
    if (!sort.equals("id")) {
      out.sql.append(",id").append(direction);
    }
    out.sql.append(" LIMIT ?");
    out.values.add(limit);
    return out.done();
  }

  static Select count(Table table, Filter filter) {
    Builder out = new Builder(table);
    out.sql.append("SELECT count(*) FROM ").append(table.name);
    out.where(filter);
    return out.done();
  }

  static Select countBy(Table table, Filter filter, String field) {
    Builder out = new Builder(table);
    String column = Table.column(field);
    boolean list = FieldValues.declared(table.spec, field).type() == Type.TEXTS;
    String value = list ? "e.value" : column;
    out.sql.append("SELECT ").append(value).append(",count(*) FROM ").append(table.name);
    if (list) {
      out.sql.append(",json_each(").append(table.name).append('.').append(column).append(") e");
    }
    out.where(filter);
    out.and().append(value).append(" IS NOT NULL");
    out.sql.append(" GROUP BY 1");
    return out.done();
  }

  private static final class Builder {
    final StringBuilder sql = new StringBuilder();
    final List<Object> values = new ArrayList<>();
    private final Table table;
    private boolean first = true;

    Builder(Table table) {
      this.table = table;
    }

    Select done() {
      return new Select(sql.toString(), java.util.Collections.unmodifiableList(values));
    }

    StringBuilder and() {
      sql.append(first ? " WHERE " : " AND ");
      first = false;
      return sql;
    }

    void body(List<String> omit) {
      if (omit.isEmpty()) {
        sql.append("body");
        return;
      }
      sql.append("json_remove(body").append(",?".repeat(omit.size())).append(')');
      omit.forEach(field -> values.add("$.\"" + field + '"'));
    }

    void where(Filter filter) {
      Set<String> driving = driving(filter);
      for (Condition condition : filter.conditions()) {
        String field = condition.field();
        boolean drives =
            driving.isEmpty()
                || driving.contains(field)
                || field.equals("id")
                || table.spec.unique().contains(field);
        condition(condition, (drives ? "" : "+") + qualified(field));
      }
    }

    /**
     * The fields whose index is to be used. Without statistics SQLite holds every equality for
     * equally rare; compound indexes begin with what is rare, so they go before the others.
     */
    private Set<String> driving(Filter filter) {
      Set<String> equal =
          filter.conditions().stream()
              .filter(c -> c.op() == Op.EQ)
              .map(Condition::field)
              .collect(Collectors.toSet());
      return table.spec.compound().stream()
          .filter(paths -> equal.contains(paths.get(0)))
          .flatMap(List::stream)
          .collect(Collectors.toSet());
    }

    private void condition(Condition condition, String column) {
      and();
      boolean list = FieldValues.declared(table.spec, condition.field()).type() == Type.TEXTS;
      switch (condition.op()) {
        case EQ -> matches(list, column, "=?", condition.values().get(0));
        case IN ->
            matches(list, column, " IN (SELECT value FROM json_each(?))", condition.values());
        case LT -> matches(false, column, "<?", condition.values().get(0));
        case LTE -> matches(false, column, "<=?", condition.values().get(0));
        case GT -> matches(false, column, ">?", condition.values().get(0));
        case GTE -> matches(false, column, ">=?", condition.values().get(0));
        case PREFIX -> {
          matches(false, column, ">=?", condition.values().get(0));
          and();
          matches(false, column, "<?", condition.values().get(0) + LAST);
        }
        case EXISTS -> sql.append(column).append(" IS NOT NULL");
        case MISSING -> sql.append(column).append(" IS NULL");
      }
    }

    private void matches(boolean list, String column, String comparison, Object value) {
      if (list) {
        sql.append("EXISTS(SELECT 1 FROM json_each(").append(column).append(") WHERE value");
        sql.append(comparison).append(')');
      } else {
        sql.append(column).append(comparison);
      }
      values.add(value);
    }

    void segment(Segment segment, String sort, boolean descending) {
      String behind = descending ? "<" : ">";
      if (segment instanceof Segment.IdsBehind s) {
        and().append("id").append(behind).append('?');
        values.add(s.id());
      } else if (segment instanceof Segment.Behind s) {
        and().append('(').append(sort).append(",id)").append(behind).append("(?,?)");
        values.add(s.value());
        values.add(s.id());
      } else if (segment instanceof Segment.Missing s) {
        and().append(sort).append(" IS NULL");
        if (s.id() != null) {
          and().append("id").append(behind).append('?');
          values.add(s.id());
        }
      } else if (segment instanceof Segment.Present) {
        and().append(sort).append(" IS NOT NULL");
      }
    }

    /** Because {@code json_each} has a column {@code id}, too. */
    private String qualified(String path) {
      return table.name + "." + Table.column(path);
    }
  }
}
