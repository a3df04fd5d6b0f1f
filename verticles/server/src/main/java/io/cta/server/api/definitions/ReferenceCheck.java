package io.cta.server.api.definitions;

import io.cta.error.ServiceFailure;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.store.EntityRepository;
import io.vertx.core.Future;
import java.util.List;

/** Checks that the documents another one refers to exist. */
final class ReferenceCheck {
  private ReferenceCheck() {}

  /** Fails with INVALID unless {@code key} is null or an existing id or name. */
  static Future<Void> check(
      DefinitionLookup definitionLookup,
      EntityRepository<?> repository,
      String field,
      String noun,
      String key) {
    if (key == null) {
      return Future.succeededFuture();
    }
    return definitionLookup
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
      DefinitionLookup definitionLookup,
      EntityRepository<?> repository,
      String field,
      String noun,
      List<String> keys) {
    Future<Void> done = Future.succeededFuture();
    for (int i = 0; i < keys.size(); i++) {
      String at = field + "[" + i + "]";
      String key = keys.get(i);
      done = done.compose(fine -> check(definitionLookup, repository, at, noun, key));
    }
    return done;
  }
}
