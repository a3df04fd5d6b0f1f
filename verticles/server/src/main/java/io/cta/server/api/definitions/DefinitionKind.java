package io.cta.server.api.definitions;

import io.cta.server.api.http.ApiRequest;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.store.EntityRepository;
import io.cta.server.view.View;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * One kind of document that people edit.
 *
 * @param name of its schema and in its operations, for example {@code TestSuite}
 * @param noun for people
 * @param path below {@code /api/v1/}
 * @param filters query parameter to field
 * @param references of those, the ones that name something of another collection: by id or name,
 *     whichever its author wrote
 */
public record DefinitionKind<T>(
    String name,
    String noun,
    String path,
    Class<T> type,
    EntityRepository<T> repository,
    Map<String, String> filters,
    Map<String, EntityRepository<?>> references,
    Rules<T> rules) {

  /** What is special about a kind; the defaults suit one about which nothing is. */
  interface Rules<T> {
    /** Whether the value may be stored; fails with INVALID, naming the field. */
    default Future<Void> check(T value, DefinitionLookup definitionLookup) {
      return Future.succeededFuture();
    }

    /** Fields that people do not write: taken from what is stored, or made. */
    default Future<JsonObject> complete(JsonObject input, JsonObject stored) {
      return Future.succeededFuture(input);
    }

    /** What uses it, as words for people; it can be neither deleted nor renamed then. */
    default Future<List<String>> usedBy(JsonObject stored) {
      return Future.succeededFuture(List.of());
    }

    /** Whether this change or deletion ({@code next} null) is allowed; a failure when not. */
    default Future<Void> allow(ApiRequest call, JsonObject stored, JsonObject next) {
      return Future.succeededFuture();
    }

    /** After a change or deletion is in the store. */
    default Future<Void> changed(JsonObject stored, boolean deleted) {
      return Future.succeededFuture();
    }

    /**
     * What changes whenever something changes that people may edit; and never comes again, though
     * something is deleted and made anew by the same name.
     */
    default String tag(JsonObject stored, long version) {
      String id = stored.getString("id");
      return id.substring(Math.max(0, id.length() - 10)) + "." + version;
    }

    /** What others may see of it. */
    View view(T value);
  }

  View view(T value) {
    return rules.view(value);
  }
}
