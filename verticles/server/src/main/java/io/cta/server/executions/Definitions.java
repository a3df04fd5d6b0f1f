package io.cta.server.executions;

import io.cta.server.store.Repository;
import io.cta.server.store.Stored;
import io.vertx.core.Future;
import java.util.Optional;

/** Where definitions are looked up by id or name: the store, or the store with changes to come. */
@FunctionalInterface
public interface Definitions {
  Definitions STORED =
      new Definitions() {
        @Override
        public <T> Future<Optional<T>> find(Repository<T> repository, String key) {
          return Named.find(repository, key).map(found -> found.map(Stored::value));
        }
      };

  <T> Future<Optional<T>> find(Repository<T> repository, String key);
}
