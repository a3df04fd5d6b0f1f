package io.cta.server.api.definitions;

import io.cta.json.JsonMapping;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.store.EntityRepository;
import io.cta.server.view.OutwardView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One kind of document that people edit.
 *
 * @param name name of its schema and in its operations, for example {@code TestSuite}
 * @param noun its name in texts for people
 * @param path below {@code /api/v1/}
 * @param filters query parameter to field
 * @param references those filters whose field refers to another collection, by id or by name
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

  /** The rules that are special to a kind; the defaults suit a kind without any. */
  interface Rules<T> {
    /** Checks that the value may be stored; fails with INVALID, naming the field. */
    default Future<Void> check(T value, DefinitionLookup definitionLookup) {
      return Future.succeededFuture();
    }

    /** Adds the fields that people do not write, from the stored document or new. */
    default Future<JsonObject> complete(JsonObject input, JsonObject stored) {
      return Future.succeededFuture(input);
    }

    /**
     * What uses the document, as text for people; a used document can be neither deleted nor
     * renamed.
     */
    default Future<List<String>> usedBy(JsonObject stored) {
      return Future.succeededFuture(List.of());
    }

    /** Fails unless this change, or deletion ({@code next} null), is allowed. */
    default Future<Void> allow(ApiRequest call, JsonObject stored, JsonObject next) {
      return Future.succeededFuture();
    }

    /** Called after a change or deletion is stored. */
    default Future<Void> changed(JsonObject stored, boolean deleted) {
      return Future.succeededFuture();
    }

    /** The next times at which it starts something by itself; empty for most kinds. */
    default List<Instant> next(T value) {
      return List.of();
    }

    /**
     * The entity tag: changes with every field that people may edit, and never repeats, even if the
     * document is deleted and created again with the same name.
     */
    default String tag(JsonObject stored, long version) {
      String id = stored.getString("id");
      return id.substring(Math.max(0, id.length() - 10)) + "." + version;
    }

    /** The view that others may see. */
    OutwardView view(T value);

    /**
     * The view for whoever creates it, which may have what is shown only once.
     *
     * @param written the request
     */
    default OutwardView created(T value, JsonObject written) {
      return view(value);
    }
  }

  OutwardView created(T value, JsonObject written) {
    return rules.created(value, written);
  }

  OutwardView view(T value) {
    return rules.view(value);
  }

  /** The next times of what is stored. */
  List<Instant> next(JsonObject stored) {
    return rules.next(JsonMapping.fromObject(stored, type));
  }
}
