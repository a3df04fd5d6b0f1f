package io.cta.server.api.definitions;

import io.cta.domain.NameRules;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.EntityRepository;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Finds documents that refer to another by its id or its name. */
final class UsageFinder {
  /** At most so many users are listed. */
  private static final int MAX_USERS = 10;

  private static final int PAGE = 500;

  private UsageFinder() {}

  /** Finds users by an indexed field. */
  static <T> Future<List<String>> byField(
      EntityRepository<T> users, String field, JsonObject used, Function<T, String> words) {
    List<Object> keys = new ArrayList<>(NameRules.ways(used.getString("name")));
    keys.add(used.getValue("id"));
    DocumentFilter filter = DocumentFilter.ALL.and(field, DocumentFilter.Op.IN, keys.toArray());
    return users
        .find(DocumentQuery.of(users.spec(), filter, MAX_USERS))
        .map(page -> page.items().stream().map(VersionedEntity::value).map(words).toList());
  }

  /** Finds users by reading all documents page by page, where no index helps. */
  static <T> Future<List<String>> byReading(
      EntityRepository<T> users, Predicate<T> uses, Function<T, String> words) {
    return read(users, uses, words, new ArrayList<>(), null);
  }

  static Future<List<String>> all(List<Future<List<String>>> parts) {
    return Future.all(parts).map(done -> parts.stream().flatMap(p -> p.result().stream()).toList());
  }

  /** True if the reference is the id or the name of the document. */
  static boolean means(String reference, JsonObject used) {
    return reference != null
        && (reference.equals(used.getString("id"))
            || NameRules.same(reference, used.getString("name")));
  }

  private static <T> Future<List<String>> read(
      EntityRepository<T> users,
      Predicate<T> uses,
      Function<T, String> words,
      List<String> found,
      String after) {
    return users
        .find(DocumentQuery.of(users.spec(), DocumentFilter.ALL, PAGE).after(after))
        .compose(
            page -> {
              page.items().stream()
                  .map(VersionedEntity::value)
                  .filter(uses)
                  .map(words)
                  .forEach(found::add);
              return page.next() == null || found.size() >= MAX_USERS
                  ? Future.succeededFuture(found)
                  : read(users, uses, words, found, page.next());
            });
  }
}
