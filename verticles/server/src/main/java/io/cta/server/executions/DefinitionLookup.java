package io.cta.server.executions;

import io.cta.server.store.EntityRepository;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.util.Optional;

/** Finds definitions by id or name, in the store or in the store plus changes not yet written. */
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

  /** True when what is found is one of the changes, not something stored. */
  default boolean gives(EntityRepository<?> repository, String key) {
    return false;
  }
}
