package io.cta.server.api;

import io.cta.error.ServiceFailure;
import io.cta.server.executions.Definitions;
import io.cta.server.store.Repository;
import io.vertx.core.Future;
import java.util.List;

/** Checks that what a document names is there. */
final class References {
  private References() {}

  /** Fails with INVALID unless {@code key} is null or names something. */
  static Future<Void> check(
      Definitions definitions, Repository<?> repository, String field, String noun, String key) {
    if (key == null) {
      return Future.succeededFuture();
    }
    return definitions
        .find(repository, key)
        .map(
            found -> {
              if (found.isEmpty()) {
                throw ServiceFailure.invalid(field, "names no " + noun + ": " + key);
              }
              return null;
            });
  }

  static Future<Void> checkAll(
      Definitions definitions,
      Repository<?> repository,
      String field,
      String noun,
      List<String> keys) {
    Future<Void> done = Future.succeededFuture();
    for (int i = 0; i < keys.size(); i++) {
      String at = field + "[" + i + "]";
      String key = keys.get(i);
      done = done.compose(fine -> check(definitions, repository, at, noun, key));
    }
    return done;
  }
}
