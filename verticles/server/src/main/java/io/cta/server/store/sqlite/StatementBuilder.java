package io.cta.server.store.sqlite;

import io.cta.server.store.CollectionSpec.Index;
import io.cta.server.store.CollectionSpec.Type;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentFilter.Condition;
import io.cta.server.store.DocumentFilter.Op;
import io.cta.server.store.FieldValues;
import io.cta.server.store.KeysetCursor.Segment;
import java.util.ArrayList;
import java.util.List;

/** Builds a SELECT statement and the list of its parameters' values. */
final class StatementBuilder {
  /** Appended to a prefix, sorts after every text that begins with the prefix. */
  private static final String LAST = "\uDBFF\uDFFF";

  final StringBuilder sql = new StringBuilder();
  final List<Object> values = new ArrayList<>();
  private final CollectionTable table;
  private boolean first = true;

  StatementBuilder(CollectionTable table) {
    this.table = table;
  }

  SelectStatement done() {
    return new SelectStatement(sql.toString(), values);
  }

  void body(List<String> omit) {
    if (omit.isEmpty()) {
      sql.append("body");
      return;
    }
    // the first character says in which form the body is
    sql.append("substr(body,1,1)||substr(json_remove(").append(CompactBody.OBJECT);
    sql.append(",?".repeat(omit.size())).append("),2)");
    omit.forEach(field -> values.add("$.\"" + field + '"'));
  }

  void from(IndexChoice choice) {
    sql.append(" FROM ").append(table.name);
    if (choice.index() != null) {
      sql.append(" INDEXED BY ").append(CollectionTable.quote(table.key(choice.index())));
    }
  }

  StringBuilder and() {
    sql.append(first ? " WHERE " : " AND ");
    first = false;
    return sql;
  }

  void filter(DocumentFilter filter) {
    filter.conditions().forEach(this::condition);
    filter.conditions().stream().filter(this::ownsIds).forEach(this::idsOf);
  }

  private boolean ownsIds(Condition condition) {
    return condition.op() == Op.EQ
        && FieldValues.declared(table.spec, condition.field()).index() == Index.IDS;
  }

  /** The range of ids that begin with the value, then a dash or a full stop: a slash is next. */
  private void idsOf(Condition condition) {
    String column = table.name + ".id";
    matches(column, ">?", condition.values().get(0) + "-");
    matches(column, "<?", condition.values().get(0) + "/");
  }

  void segment(Segment segment, String sort, boolean descending) {
    String behind = descending ? "<" : ">";
    if (segment instanceof Segment.AfterId s) {
      matches("id", behind + "?", s.id());
    } else if (segment instanceof Segment.AfterValue s) {
      matches("(" + sort + ",id)", behind + "(?,?)", s.value());
      values.add(s.id());
    } else if (segment instanceof Segment.Missing s) {
      and().append(sort).append(" IS NULL");
      if (s.id() != null) {
        matches("id", behind + "?", s.id());
      }
    } else if (segment instanceof Segment.Present) {
      and().append(sort).append(" IS NOT NULL");
    }
  }

  private void condition(Condition condition) {
    // named with its table, because json_each has a column id, too
    String column = table.name + "." + CollectionTable.column(condition.field());
    Object value = condition.values().isEmpty() ? null : condition.values().get(0);
    switch (condition.op()) {
      case EQ -> matches(condition, column, "=?", value);
      case IN ->
          matches(condition, column, " IN (SELECT value FROM json_each(?))", condition.values());
      case LT -> matches(column, "<?", value);
      case LTE -> matches(column, "<=?", value);
      case GT -> matches(column, ">?", value);
      case GTE -> matches(column, ">=?", value);
      case PREFIX -> {
        matches(column, ">=?", value);
        matches(column, "<?", value + LAST);
      }
      case EXISTS -> and().append(column).append(" IS NOT NULL");
      case MISSING -> and().append(column).append(" IS NULL");
    }
  }

  private void matches(Condition condition, String column, String comparison, Object value) {
    if (FieldValues.declared(table.spec, condition.field()).type() != Type.TEXTS) {
      matches(column, comparison, value);
      return;
    }
    and().append("EXISTS(SELECT 1 FROM json_each(").append(column).append(") WHERE value");
    sql.append(comparison).append(')');
    values.add(value);
  }

  private void matches(String column, String comparison, Object value) {
    and().append(column).append(comparison);
    values.add(value);
  }
}
