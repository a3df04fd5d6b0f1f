package io.cta.server.api.definitions;

import io.cta.json.JsonMapping;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.executions.IdOrNameLookup;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.EntityRepository;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Builds the filter from a list's query parameters. */
final class DefinitionFilter {
  private DefinitionFilter() {}

  static Future<DocumentFilter> of(DefinitionKind<?> kind, ApiRequest call) {
    DocumentFilter filter = DocumentFilter.ALL;
    if (call.text("name") != null) {
      filter = filter.and("name", DocumentFilter.Op.EQ, call.text("name"));
    }
    if (call.text("prefix") != null) {
      filter = filter.and("name", DocumentFilter.Op.PREFIX, call.text("prefix"));
    }
    Future<DocumentFilter> all = Future.succeededFuture(filter);
    for (var entry : kind.filters().entrySet()) {
      String parameter = entry.getKey();
      Object wanted = parameter.equals("enabled") ? call.flag(parameter) : call.text(parameter);
      if (wanted != null) {
        EntityRepository<?> named = kind.references().get(parameter);
        all = all.compose(so -> and(so, entry.getValue(), wanted, named));
      }
    }
    return all;
  }

  private static Future<DocumentFilter> and(
      DocumentFilter filter, String field, Object wanted, EntityRepository<?> named) {
    return named == null
        ? Future.succeededFuture(filter.and(field, DocumentFilter.Op.EQ, wanted))
        : reference(filter, field, (String) wanted, named);
  }

  private static <T> Future<DocumentFilter> reference(
      DocumentFilter filter, String field, String wanted, EntityRepository<T> named) {
    return IdOrNameLookup.find(named, wanted)
        .map(
            found -> {
              if (found.isEmpty()) {
                return filter.and(field, DocumentFilter.Op.EQ, wanted);
              }
              JsonObject document = JsonMapping.toObject(found.get().value());
              return filter.and(
                  field,
                  DocumentFilter.Op.IN,
                  document.getString("id"),
                  document.getString("name"));
            });
  }
}
