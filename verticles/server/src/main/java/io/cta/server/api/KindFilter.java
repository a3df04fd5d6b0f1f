package io.cta.server.api;

import io.cta.json.Json;
import io.cta.server.executions.Named;
import io.cta.server.store.Filter;
import io.cta.server.store.Repository;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** The filter that a list's query asks for. */
final class KindFilter {
  private KindFilter() {}

  static Future<Filter> of(Kind<?> kind, Call call) {
    Filter filter = Filter.ALL;
    if (call.text("name") != null) {
      filter = filter.and("name", Filter.Op.EQ, call.text("name"));
    }
    if (call.text("prefix") != null) {
      filter = filter.and("name", Filter.Op.PREFIX, call.text("prefix"));
    }
    Future<Filter> all = Future.succeededFuture(filter);
    for (var entry : kind.filters().entrySet()) {
      String parameter = entry.getKey();
      Object wanted = parameter.equals("enabled") ? call.flag(parameter) : call.text(parameter);
      if (wanted != null) {
        Repository<?> named = kind.references().get(parameter);
        all = all.compose(so -> and(so, entry.getValue(), wanted, named));
      }
    }
    return all;
  }

  private static Future<Filter> and(
      Filter filter, String field, Object wanted, Repository<?> named) {
    return named == null
        ? Future.succeededFuture(filter.and(field, Filter.Op.EQ, wanted))
        : reference(filter, field, (String) wanted, named);
  }

  private static <T> Future<Filter> reference(
      Filter filter, String field, String wanted, Repository<T> named) {
    return Named.find(named, wanted)
        .map(
            found -> {
              if (found.isEmpty()) {
                return filter.and(field, Filter.Op.EQ, wanted);
              }
              JsonObject document = Json.toObject(found.get().value());
              return filter.and(
                  field, Filter.Op.IN, document.getString("id"), document.getString("name"));
            });
  }
}
