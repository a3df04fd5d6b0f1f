package io.cta.server.store;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Reads and writes the documents of one collection as typed values. Same thread rules as {@link
 * DocumentStore}.
 */
public final class EntityRepository<T> {
  private static final int MAX_TRIES = 20;

  private final DocumentStore store;
  private final CollectionSpec spec;
  private final Class<T> type;
  private final RecordFields fields;

  public EntityRepository(DocumentStore store, CollectionSpec spec, Class<T> type) {
    this.store = store;
    this.spec = spec;
    this.type = type;
    fields = RecordFields.of(spec, type);
  }

  public CollectionSpec spec() {
    return spec;
  }

  public Future<Optional<VersionedEntity<T>>> find(String id) {
    return store.get(spec, id).map(found -> found.map(this::typed));
  }

  /** The document, or a NOT_FOUND failure. */
  public Future<VersionedEntity<T>> get(String id) {
    return find(id).map(f -> f.orElseThrow(() -> ServiceFailure.notFound(singular(), id)));
  }

  public Future<QueryPage<VersionedEntity<T>>> find(DocumentQuery query) {
    return store
        .find(query)
        .map(page -> new QueryPage<>(page.items().stream().map(this::typed).toList(), page.next()));
  }

  /** Passes each document of a query's page and of all pages after it to {@code taker}. */
  public Future<Void> each(DocumentQuery query, Consumer<VersionedEntity<T>> taker) {
    return pages(
        query,
        page -> {
          page.forEach(taker);
          return Future.succeededFuture();
        });
  }

  /**
   * Like {@link #each} but page by page; reads a page only when the work on the one before it is
   * done.
   */
  public Future<Void> pages(
      DocumentQuery query, Function<List<VersionedEntity<T>>, Future<Void>> work) {
    return find(query)
        .compose(
            page ->
                work.apply(page.items())
                    .compose(
                        v ->
                            page.next() == null
                                ? Future.succeededFuture()
                                : pages(query.after(page.next()), work)));
  }

  public Future<DocumentWrite.Outcome> insert(String id, T value) {
    return store.apply(List.of(inserting(id, value))).map(outcomes -> outcomes.get(0));
  }

  /** Carries out several writes; see {@link DocumentStore#apply}. */
  public Future<List<DocumentWrite.Outcome>> apply(List<DocumentWrite> writes) {
    return store.apply(writes);
  }

  /** Replaces the version that was read or written before, unless somebody else has replaced it. */
  public Future<DocumentWrite.Outcome> replace(String id, VersionedEntity<T> before, T value) {
    return store.apply(List.of(replacing(id, before, value))).map(outcomes -> outcomes.get(0));
  }

  /**
   * Reads, changes and replaces; starts again when someone else has written in between, at most
   * {@value #MAX_TRIES} times in all. A change that returns the same instance writes nothing.
   */
  public Future<VersionedEntity<T>> update(String id, UnaryOperator<T> change) {
    return loop(id).run(found -> change(id, found, change));
  }

  /** As {@link #update(String, UnaryOperator)}; reads only if {@code known} is outdated. */
  public Future<VersionedEntity<T>> update(
      String id, VersionedEntity<T> known, UnaryOperator<T> change) {
    return loop(id).runFrom(known, found -> change(id, found, change));
  }

  public DocumentWrite inserting(String id, T value) {
    return new DocumentWrite.Insert(spec, id, 1, content(value));
  }

  public DocumentWrite replacing(String id, VersionedEntity<T> before, T value) {
    return new DocumentWrite.Replace(
        spec, id, before.version(), content(value), content(before.value()));
  }

  public VersionedEntity<T> typed(StoredDocument d) {
    return new VersionedEntity<>(d.content().as(type), d.version());
  }

  private DocumentContent content(T value) {
    return DocumentContent.ofRecord(value, fields);
  }

  private CompareAndSetLoop<VersionedEntity<T>> loop(String id) {
    return new CompareAndSetLoop<>(spec.name() + " " + id, MAX_TRIES, () -> get(id));
  }

  private Future<Optional<VersionedEntity<T>>> change(
      String id, VersionedEntity<T> found, UnaryOperator<T> change) {
    T next = change.apply(found.value());
    return next == found.value()
        ? Future.succeededFuture(Optional.of(found))
        : replace(id, found, next).map(outcome -> settled(found, next, outcome));
  }

  private Optional<VersionedEntity<T>> settled(
      VersionedEntity<T> found, T next, DocumentWrite.Outcome outcome) {
    return switch (outcome) {
      case DONE -> Optional.of(new VersionedEntity<>(next, found.version() + 1));
      case DUPLICATE ->
          throw new ServiceFailure(ErrorCode.DUPLICATE, "the " + singular() + "'s name is taken");
      case STALE -> Optional.empty();
    };
  }

  private String singular() {
    return switch (spec.name()) {
      case "statuses" -> "status";
      default -> spec.name().substring(0, spec.name().length() - 1);
    };
  }
}
