package io.cta.server.api.http;

import io.cta.server.store.DocumentFilter;

/** Turns query parameters that are named like a field into conditions. */
public final class FieldFilters {
  private FieldFilters() {}

  public static DocumentFilter equal(DocumentFilter filter, ApiRequest call, String... fields) {
    return equalBelow("", filter, call, fields);
  }

  /**
   * As {@link #equal}, for fields of an inner object.
   *
   * @param prefix of their paths, for example {@code source.}
   */
  public static DocumentFilter equalBelow(
      String prefix, DocumentFilter filter, ApiRequest call, String... fields) {
    DocumentFilter all = filter;
    for (String field : fields) {
      if (call.text(field) != null) {
        all = all.and(prefix + field, DocumentFilter.Op.EQ, call.text(field));
      }
    }
    return all;
  }
}
