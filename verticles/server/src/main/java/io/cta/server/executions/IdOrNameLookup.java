package io.cta.server.executions;

import io.cta.domain.NameRules;
import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.EntityRepository;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.util.Optional;

/** Finds a document by its id or its name; the id wins. */
public final class IdOrNameLookup {
  private IdOrNameLookup() {}

  public static <T> Future<Optional<VersionedEntity<T>>> find(
      EntityRepository<T> repository, String key) {
    return repository
        .find(key)
        .compose(
            found -> found.isPresent() ? Future.succeededFuture(found) : byName(repository, key));
  }

  public static <T> Future<VersionedEntity<T>> get(
      EntityRepository<T> repository, String what, String key) {
    return find(repository, key)
        .map(found -> found.orElseThrow(() -> ServiceFailure.notFound(what, key)));
  }

  private static <T> Future<Optional<VersionedEntity<T>>> byName(
      EntityRepository<T> repository, String name) {
    return repository
        .find(DocumentQuery.of(repository.spec(), DocumentFilter.eq("name", name), 1))
        .map(page -> page.items().stream().findFirst())
        .compose(
            found ->
                found.isPresent() || NameRules.ways(name).size() == 1
                    ? Future.succeededFuture(found)
                    : byEquivalentName(repository, name));
  }

  /** Finds a name whose accents are encoded in another way. */
  private static <T> Future<Optional<VersionedEntity<T>>> byEquivalentName(
      EntityRepository<T> repository, String name) {
    DocumentFilter ways =
        DocumentFilter.ALL.and("name", DocumentFilter.Op.IN, NameRules.ways(name).toArray());
    return repository
        .find(DocumentQuery.of(repository.spec(), ways, 1))
        .map(page -> page.items().stream().findFirst());
  }
}
