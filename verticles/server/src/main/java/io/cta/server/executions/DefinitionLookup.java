package io.cta.server.executions;

import io.cta.server.store.EntityRepository;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.util.Optional;

/** Where definitions are looked up by id or name: the store, or the store with changes to come. */
@FunctionalInterface
public interface DefinitionLookup {
  DefinitionLookup STORED =
      new DefinitionLookup() {
        @Override
        public <T> Future<Optional<T>> find(EntityRepository<T> repository, String key) {
          return IdOrNameLookup.find(repository, key)
              .map(found -> found.map(VersionedEntity::value));
        }
      };

  <T> Future<Optional<T>> find(EntityRepository<T> repository, String key);
}
