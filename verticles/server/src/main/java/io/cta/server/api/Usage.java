package io.cta.server.api;

import io.cta.domain.Names;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.Repository;
import io.cta.server.store.Stored;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Looks for documents that name another by its id or its name. */
final class Usage {
  /** More users than these are not named. */
  private static final int ENOUGH = 10;

  private static final int PAGE = 500;

  private Usage() {}

  /** Users by an indexed field. */
  static <T> Future<List<String>> byField(
      Repository<T> users, String field, JsonObject used, Function<T, String> words) {
    List<Object> keys = new ArrayList<>(Names.ways(used.getString("name")));
    keys.add(used.getValue("id"));
    Filter filter = Filter.ALL.and(field, Filter.Op.IN, keys.toArray());
    return users
        .find(Query.of(users.spec(), filter, ENOUGH))
        .map(page -> page.items().stream().map(Stored::value).map(words).toList());
  }

  /** Users by reading them all, page by page, for what no index tells. */
  static <T> Future<List<String>> byReading(
      Repository<T> users, Predicate<T> uses, Function<T, String> words) {
    return read(users, uses, words, new ArrayList<>(), null);
  }

  static Future<List<String>> all(List<Future<List<String>>> parts) {
    return Future.all(parts).map(done -> parts.stream().flatMap(p -> p.result().stream()).toList());
  }

  /** Whether a reference means the document. */
  static boolean means(String reference, JsonObject used) {
    return reference != null
        && (reference.equals(used.getString("id"))
            || Names.same(reference, used.getString("name")));
  }

  private static <T> Future<List<String>> read(
      Repository<T> users,
      Predicate<T> uses,
      Function<T, String> words,
      List<String> found,
      String after) {
    return users
        .find(Query.of(users.spec(), Filter.ALL, PAGE).after(after))
        .compose(
            page -> {
              page.items().stream().map(Stored::value).filter(uses).map(words).forEach(found::add);
              return page.next() == null || found.size() >= ENOUGH
                  ? Future.succeededFuture(found)
                  : read(users, uses, words, found, page.next());
            });
  }
}
