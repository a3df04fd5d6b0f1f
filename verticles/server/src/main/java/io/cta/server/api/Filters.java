package io.cta.server.api;

import io.cta.server.store.Filter;

/** Turns query parameters that are named like a field into conditions. */
final class Filters {
  private Filters() {}

  static Filter equal(Filter filter, Call call, String... fields) {
    Filter all = filter;
    for (String field : fields) {
      if (call.text(field) != null) {
        all = all.and(field, Filter.Op.EQ, call.text(field));
      }
    }
    return all;
  }
}
