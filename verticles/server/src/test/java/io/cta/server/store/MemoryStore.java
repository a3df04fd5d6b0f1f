package io.cta.server.store;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A store in memory for tests: the whole contract of {@link DocumentStore} except durability.
 * Futures complete on the caller's context, never before the call returns, as with a real store.
 */
public final class MemoryStore implements DocumentStore {
  private final Vertx vertx;
  private final Map<String, TreeMap<String, StoredDocument>> collections = new HashMap<>();
  private final Map<String, Integer> reads = new ConcurrentHashMap<>();
  private final Map<String, Long> revisions = new HashMap<>();
  private volatile UnaryOperator<List<DocumentWrite>> before = UnaryOperator.identity();

  public MemoryStore(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * The hook gets each list of writes before it is carried out; an exception from it fails the
   * call.
   */
  public void beforeWrites(UnaryOperator<List<DocumentWrite>> hook) {
    before = hook;
  }

  /** How often a collection was asked by get, find, count or countBy. */
  public int reads(CollectionSpec collection) {
    return reads.getOrDefault(collection.name(), 0);
  }

  @Override
  public Future<Void> prepare(List<CollectionSpec> specs) {
    return later(() -> null);
  }

  @Override
  public Future<Optional<StoredDocument>> get(CollectionSpec collection, String id) {
    reads.merge(collection.name(), 1, Integer::sum);
    return later(() -> Optional.ofNullable(documents(collection).get(id)).map(MemoryStore::copy));
  }

  @Override
  public Future<QueryPage<StoredDocument>> find(DocumentQuery query) {
    reads.merge(query.collection().name(), 1, Integer::sum);
    return later(() -> page(query));
  }

  @Override
  public Future<Long> count(CollectionSpec collection, DocumentFilter filter) {
    reads.merge(collection.name(), 1, Integer::sum);
    return later(() -> matching(collection, filter).count());
  }

  @Override
  public Future<Map<String, Long>> countBy(
      CollectionSpec collection, DocumentFilter filter, String field) {
    reads.merge(collection.name(), 1, Integer::sum);
    return later(
        () -> {
          FieldValues.declared(collection, field);
          Map<String, Long> counts = new TreeMap<>();
          matching(collection, filter)
              .map(d -> MemoryFilter.value(collection, d, field))
              .filter(Objects::nonNull)
              .flatMap(v -> v instanceof List<?> many ? many.stream() : Stream.of(v))
              .forEach(v -> counts.merge(v.toString(), 1L, Long::sum));
          return counts;
        });
  }

  @Override
  public Future<List<DocumentWrite.Outcome>> apply(List<DocumentWrite> writes) {
    List<DocumentWrite> taken = writes.stream().map(MemoryStore::copy).toList();
    return later(
        () -> {
          List<DocumentWrite> kept = before.apply(taken);
          kept.forEach(MemoryStore::check);
          List<DocumentWrite.Outcome> outcomes = new ArrayList<>();
          kept.forEach(w -> outcomes.add(carryOut(w)));
          return outcomes;
        });
  }

  @Override
  public Future<Long> revision(String scope) {
    return later(() -> revisions.getOrDefault(scope, 0L));
  }

  @Override
  public Future<List<DocumentWrite.Outcome>> together(
      String scope, long revision, List<DocumentWrite> writes) {
    List<DocumentWrite> taken = writes.stream().map(MemoryStore::copy).toList();
    return later(
        () -> {
          List<DocumentWrite> kept = before.apply(taken);
          kept.forEach(MemoryStore::check);
          if (revisions.getOrDefault(scope, 0L) != revision) {
            return ScopeRevisions.moved(kept.size());
          }
          Map<String, TreeMap<String, StoredDocument>> undone = new HashMap<>();
          collections.forEach((name, all) -> undone.put(name, new TreeMap<>(all)));
          List<DocumentWrite.Outcome> outcomes = kept.stream().map(this::carryOut).toList();
          if (ScopeRevisions.allDone(outcomes)) {
            revisions.put(scope, revision + 1);
          } else {
            collections.clear();
            collections.putAll(undone);
          }
          return outcomes;
        });
  }

  @Override
  public Future<Void> close() {
    return later(() -> null);
  }

  private DocumentWrite.Outcome carryOut(DocumentWrite write) {
    TreeMap<String, StoredDocument> all = documents(write.collection());
    StoredDocument old = all.get(write.id());
    if (write instanceof DocumentWrite.Insert insert) {
      if (old != null || taken(insert.collection(), insert.id(), insert.body())) {
        return DocumentWrite.Outcome.DUPLICATE;
      }
      all.put(insert.id(), document(insert.id(), insert.version(), insert.body()));
    } else if (write instanceof DocumentWrite.Replace replace) {
      if (old == null || old.version() != replace.version()) {
        return DocumentWrite.Outcome.STALE;
      }
      if (taken(replace.collection(), replace.id(), replace.body())) {
        return DocumentWrite.Outcome.DUPLICATE;
      }
      all.put(replace.id(), document(replace.id(), old.version() + 1, replace.body()));
    } else if (write instanceof DocumentWrite.Delete delete) {
      if (old == null || old.version() != delete.version()) {
        return DocumentWrite.Outcome.STALE;
      }
      all.remove(delete.id());
    }
    return DocumentWrite.Outcome.DONE;
  }

  private boolean taken(CollectionSpec spec, String id, JsonObject body) {
    return spec.unique().stream()
        .filter(field -> body.getValue(field) != null)
        .anyMatch(
            field ->
                documents(spec).values().stream()
                    .filter(d -> !d.id().equals(id))
                    .anyMatch(d -> body.getValue(field).equals(d.body().getValue(field))));
  }

  private QueryPage<StoredDocument> page(DocumentQuery query) {
    DocumentQuery q = QueryCheck.query(query);
    Predicate<StoredDocument> beyond = MemoryFilter.beyond(q);
    List<StoredDocument> found =
        matching(q.collection(), q.filter())
            .filter(beyond)
            .sorted(MemoryFilter.order(q))
            .limit(q.limit() + 1L)
            .toList();
    boolean more = found.size() > q.limit();
    List<StoredDocument> items = more ? found.subList(0, q.limit()) : found;
    String next = more ? next(q, items.get(items.size() - 1)) : null;
    return new QueryPage<>(items.stream().map(d -> without(copy(d), q.omit())).toList(), next);
  }

  private Stream<StoredDocument> matching(CollectionSpec collection, DocumentFilter filter) {
    DocumentFilter checked = QueryCheck.filter(collection, filter);
    Predicate<StoredDocument> condition = MemoryFilter.of(collection, checked);
    return documents(collection).values().stream().filter(condition);
  }

  private TreeMap<String, StoredDocument> documents(CollectionSpec collection) {
    return collections.computeIfAbsent(collection.name(), k -> new TreeMap<>());
  }

  private static StoredDocument document(String id, long version, JsonObject body) {
    JsonObject stored = new JsonObject(body.toBuffer()).put("id", id);
    return new StoredDocument(id, version, stored);
  }

  private static String next(DocumentQuery q, StoredDocument last) {
    return KeysetCursor.next(q, MemoryFilter.value(q.collection(), last, q.sort()), last.id());
  }

  private static void check(DocumentWrite write) {
    if (write instanceof DocumentWrite.Insert insert) {
      FieldValues.all(insert.collection(), insert.body());
    } else if (write instanceof DocumentWrite.Replace replace) {
      FieldValues.all(replace.collection(), replace.body());
    }
  }

  private static DocumentWrite copy(DocumentWrite write) {
    if (write instanceof DocumentWrite.Insert w) {
      return new DocumentWrite.Insert(w.collection(), w.id(), w.version(), w.body().copy());
    }
    if (write instanceof DocumentWrite.Replace w) {
      return new DocumentWrite.Replace(w.collection(), w.id(), w.version(), w.body().copy());
    }
    return write;
  }

  private static StoredDocument copy(StoredDocument d) {
    return new StoredDocument(d.id(), d.version(), d.body().copy());
  }

  private static StoredDocument without(StoredDocument d, List<String> fields) {
    fields.forEach(d.body()::remove);
    return d;
  }

  private <T> Future<T> later(java.util.function.Supplier<T> work) {
    io.vertx.core.Promise<T> promise = io.vertx.core.Promise.promise();
    vertx
        .getOrCreateContext()
        .runOnContext(
            v -> {
              try {
                T value;
                synchronized (this) {
                  value = work.get();
                }
                promise.complete(value);
              } catch (ServiceFailure known) {
                promise.fail(known);
              } catch (RuntimeException e) {
                promise.fail(new ServiceFailure(ErrorCode.UNAVAILABLE, "store: " + e));
              }
            });
    return promise.future();
  }
}
