package io.cta.server.executions;

import io.cta.domain.Names;
import io.cta.error.ServiceFailure;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.Repository;
import io.cta.server.store.Stored;
import io.vertx.core.Future;
import java.util.Optional;

/** Finds what people may call by its id or by its name; the id wins. */
public final class Named {
  private Named() {}

  public static <T> Future<Optional<Stored<T>>> find(Repository<T> repository, String key) {
    return repository
        .find(key)
        .compose(
            found -> found.isPresent() ? Future.succeededFuture(found) : byName(repository, key));
  }

  public static <T> Future<Stored<T>> get(Repository<T> repository, String what, String key) {
    return find(repository, key)
        .map(found -> found.orElseThrow(() -> ServiceFailure.notFound(what, key)));
  }

  private static <T> Future<Optional<Stored<T>>> byName(Repository<T> repository, String name) {
    return repository
        .find(Query.of(repository.spec(), Filter.eq("name", name), 1))
        .map(page -> page.items().stream().findFirst())
        .compose(
            found ->
                found.isPresent() || Names.ways(name).size() == 1
                    ? Future.succeededFuture(found)
                    : otherwise(repository, name));
  }

  /** Written with the same accents in another way. */
  private static <T> Future<Optional<Stored<T>>> otherwise(Repository<T> repository, String name) {
    Filter ways = Filter.ALL.and("name", Filter.Op.IN, Names.ways(name).toArray());
    return repository
        .find(Query.of(repository.spec(), ways, 1))
        .map(page -> page.items().stream().findFirst());
  }
}
