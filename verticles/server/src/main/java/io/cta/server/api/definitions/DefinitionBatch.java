package io.cta.server.api.definitions;

import io.cta.domain.NameRules;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.cta.server.api.contract.InvalidInput;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.EntityRepository;
import io.cta.server.store.StoredDocument;
import io.cta.server.view.definitions.FieldChangeView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Documents that are applied together. A document may refer to one in the store or to another of
 * the batch.
 */
final class DefinitionBatch implements DefinitionLookup {
  private final List<Entry> entries;

  /** By id, and by name in its composed form; of each repository. */
  private final Map<EntityRepository<?>, Map<String, Entry>> byKey = new HashMap<>();

  /** What was looked up in the store: many documents refer to the same. Only for one decision. */
  private final Map<EntityRepository<?>, Map<String, Future<?>>> stored = new HashMap<>();

  DefinitionBatch(List<Entry> entries) {
    this.entries = entries;
    for (Entry entry : entries) {
      Map<String, Entry> keys =
          byKey.computeIfAbsent(entry.kind().repository(), repository -> new HashMap<>());
      keys.putIfAbsent(NameRules.composed(entry.name()), entry);
      keys.putIfAbsent(entry.next().getString("id"), entry);
    }
  }

  List<Entry> entries() {
    return entries;
  }

  /**
   * One document.
   *
   * @param index its place in the request
   * @param stored the stored document, or null
   * @param next the complete document to be stored
   * @param value the same as a value of the kind
   * @param changed whether the two differ
   * @param diff the differences in the view of the document
   */
  record Entry(
      int index,
      DefinitionKind<?> kind,
      StoredDocument stored,
      JsonObject next,
      Object value,
      boolean changed,
      List<FieldChangeView> diff) {
    String name() {
      return next.getString("name");
    }

    String action() {
      return stored == null ? "created" : changed ? "updated" : "unchanged";
    }

    DocumentWrite write() {
      String id = next.getString("id");
      return stored == null
          ? new DocumentWrite.Insert(kind.repository().spec(), id, next)
          : new DocumentWrite.Replace(kind.repository().spec(), id, stored.version(), next);
    }
  }

  /** Fails with INVALID, naming document and field, unless all documents may be stored. */
  Future<Void> check() {
    Future<Void> done = Future.succeededFuture();
    for (Entry entry : entries) {
      done = done.compose(fine -> check(entry, entry.kind()));
    }
    return done;
  }

  private <T> Future<Void> check(Entry entry, DefinitionKind<T> kind) {
    Future<Void> checked;
    try {
      checked = kind.rules().check(JsonMapping.fromObject(entry.next(), kind.type()), this);
    } catch (ServiceFailure e) {
      checked = Future.failedFuture(e);
    }
    return checked.recover(failure -> Future.failedFuture(at(entry, failure)));
  }

  static Throwable at(Entry entry, Throwable failure) {
    return at(entry.index(), failure);
  }

  /** The failure with the field's place in the request. */
  static Throwable at(int index, Throwable failure) {
    if (failure instanceof ServiceFailure known && known.field() != null) {
      String field = "documents[" + index + "]." + known.field();
      return known.code() == ErrorCode.INVALID
          ? new InvalidInput(field, known.rule())
          : ServiceFailure.ofField(known.code(), field, known.rule());
    }
    return failure;
  }

  @Override
  public <T> Future<Optional<T>> find(EntityRepository<T> repository, String key) {
    Optional<Entry> given = given(repository, key);
    if (given.isEmpty()) {
      @SuppressWarnings("unchecked")
      Future<Optional<T>> known =
          (Future<Optional<T>>)
              stored
                  .computeIfAbsent(repository, all -> new HashMap<>())
                  .computeIfAbsent(key, k -> DefinitionLookup.STORED.find(repository, k));
      return known;
    }
    @SuppressWarnings("unchecked")
    T value = (T) given.get().value();
    return Future.succeededFuture(Optional.of(value));
  }

  @Override
  public boolean gives(EntityRepository<?> repository, String key) {
    return given(repository, key).isPresent();
  }

  private Optional<Entry> given(EntityRepository<?> repository, String key) {
    Map<String, Entry> keys = byKey.getOrDefault(repository, Map.of());
    return Optional.ofNullable(keys.getOrDefault(key, keys.get(NameRules.composed(key))));
  }
}
