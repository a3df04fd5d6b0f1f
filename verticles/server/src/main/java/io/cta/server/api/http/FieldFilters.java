package io.cta.server.api.http;

import io.cta.server.store.DocumentFilter;

/** Turns query parameters that are named like a field into conditions. */
public final class FieldFilters {
  private FieldFilters() {}

  public static DocumentFilter equal(DocumentFilter filter, ApiRequest call, String... fields) {
    DocumentFilter all = filter;
    for (String field : fields) {
      if (call.text(field) != null) {
        all = all.and(field, DocumentFilter.Op.EQ, call.text(field));
      }
    }
    return all;
  }
}
