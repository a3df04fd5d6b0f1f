package io.cta.server.store.sqlite;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.Document;
import io.cta.server.store.DocumentContent;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.FieldValues;
import io.cta.server.store.Filter;
import io.cta.server.store.Keyset;
import io.cta.server.store.Page;
import io.cta.server.store.Query;
import io.cta.server.store.QueryCheck;
import io.cta.server.store.Revisions;
import io.cta.server.store.Write;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Documents in one SQLite file, for a server on one machine. Opened by {@link #prepare}. */
public final class SqliteStore implements DocumentStore {
  private final Vertx vertx;
  private final Readers readers;
  private final GroupWriter writer;
  private final Map<String, Table> tables = new ConcurrentHashMap<>();
  private final Promise<Void> ended = Promise.promise();
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

  private enum State {
    NEW,
    OPEN,
    CLOSED
  }

  public SqliteStore(Vertx vertx, SqliteSettings settings) {
    this.vertx = vertx;
    readers = new Readers(settings);
    writer = new GroupWriter(settings, ended::complete);
  }

  @Override
  public Future<Void> prepare(List<CollectionSpec> collections) {
    if (state.compareAndSet(State.NEW, State.OPEN)) {
      writer.start();
    } else if (state.get() == State.CLOSED) {
      return refused();
    }
    List<Table> wanted =
        Stream.concat(collections.stream(), Stream.of(Revisions.SPEC)).map(Table::new).toList();
    return write(
            session -> {
              Schema.bring(session, wanted);
              return null;
            })
        .map(
            v -> {
              wanted.forEach(table -> tables.put(table.spec.name(), table));
              return null;
            });
  }

  @Override
  public Future<Optional<Document>> get(CollectionSpec collection, String id) {
    return guarded(
        () -> {
          Table table = table(collection);
          return read(
              session ->
                  session
                      .query(
                          table.get,
                          List.of(id),
                          row ->
                              new Document(
                                  id,
                                  row.getLong(1),
                                  DocumentContent.ofText(row.getBytes(2))))
                      .stream()
                      .findFirst());
        });
  }

  @Override
  public Future<Page<Document>> find(Query query) {
    return guarded(
        () -> {
          Query checked = QueryCheck.query(query);
          Table table = table(query.collection());
          List<Keyset.Segment> segments = Keyset.segments(checked);
          return read(session -> Pages.read(session, table, checked, segments));
        });
  }

  @Override
  public Future<Long> count(CollectionSpec collection, Filter filter) {
    return guarded(
        () -> {
          Select select = Select.count(table(collection), QueryCheck.filter(collection, filter));
          return read(
              session ->
                  session.query(select.sql(), select.values(), row -> row.getLong(1)).get(0));
        });
  }

  @Override
  public Future<Map<String, Long>> countBy(CollectionSpec collection, Filter filter, String field) {
    return guarded(
        () -> {
          boolean flag =
              FieldValues.declared(collection, field).type() == CollectionSpec.Type.BOOLEAN;
          Select select =
              Select.countBy(table(collection), QueryCheck.filter(collection, filter), field);
          return read(
              session -> {
                Map<String, Long> counts = new java.util.TreeMap<>();
                session.query(
                    select.sql(),
                    select.values(),
                    row ->
                        counts.put(
                            flag ? String.valueOf(row.getInt(1) == 1) : row.getString(1),
                            row.getLong(2)));
                return counts;
              });
        });
  }

  @Override
  public Future<List<Write.Outcome>> apply(List<Write> writes) {
    if (writes.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return guarded(
        () -> {
          List<Changes> all = changes(writes);
          return write(
              session -> {
                List<Write.Outcome> outcomes = new ArrayList<>(all.size());
                for (Changes changes : all) {
                  outcomes.add(changes.run(session));
                }
                return outcomes;
              });
        });
  }

  @Override
  public Future<Long> revision(String scope) {
    return get(Revisions.SPEC, scope).map(found -> found.map(Document::version).orElse(0L));
  }

  @Override
  public Future<List<Write.Outcome>> together(String scope, long revision, List<Write> writes) {
    return guarded(
        () -> {
          Write counted = Revisions.counted(scope, revision, new JsonObject());
          Changes first = Changes.of(table(Revisions.SPEC), counted);
          JointChanges joint = new JointChanges(first, changes(writes));
          return write(joint::run);
        });
  }

  private List<Changes> changes(List<Write> writes) {
    List<Changes> all = new ArrayList<>(writes.size());
    for (Write write : writes) {
      all.add(Changes.of(table(write.collection()), write));
    }
    return all;
  }

  @Override
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    Context context = vertx.getOrCreateContext();
    State before = state.getAndSet(State.CLOSED);
    if (before == State.NEW) {
      return Future.succeededFuture();
    }
    if (before == State.OPEN) {
      // the writer last: closing the last connection folds the log into the file
      readers.close(writer::close);
    }
    ended.future().onComplete(v -> context.runOnContext(w -> closed.complete()));
    return closed.future();
  }

  private Table table(CollectionSpec collection) {
    Table table = tables.get(collection.name());
    if (table == null) {
      throw unavailable("the store has not prepared " + collection.name());
    }
    return table;
  }

  private <T> Future<T> read(Job.Work<T> work) {
    Job<T> job = new Job<>(vertx.getOrCreateContext(), work);
    return readers.offer(job) ? job.future() : refused();
  }

  private <T> Future<T> write(Job.Work<T> work) {
    Job<T> job = new Job<>(vertx.getOrCreateContext(), work);
    return writer.offer(job) ? job.future() : refused();
  }

  private <T> Future<T> refused() {
    return Future.failedFuture(
        unavailable(state.get() == State.CLOSED ? "the store is closed" : "the store is busy"));
  }

  private <T> Future<T> guarded(Supplier<Future<T>> request) {
    try {
      return request.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private static ServiceFailure unavailable(String text) {
    return new ServiceFailure(ErrorCode.UNAVAILABLE, text);
  }
}
