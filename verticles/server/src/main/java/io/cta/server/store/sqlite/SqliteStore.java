package io.cta.server.store.sqlite;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.FieldValues;
import io.cta.server.store.KeysetCursor;
import io.cta.server.store.QueryCheck;
import io.cta.server.store.QueryPage;
import io.cta.server.store.ScopeRevisions;
import io.cta.server.store.StoredDocument;
import io.cta.server.store.WriteStep;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Documents in one SQLite file, for a server on one machine. Opened by {@link #prepare}. */
public final class SqliteStore implements DocumentStore {
  private final Vertx vertx;
  private final ReaderPool readerPool;
  private final GroupCommitWriter writer;

  /** Of each scope that was asked for: nobody else writes to the file. */
  private final Map<String, Long> revisions = new ConcurrentHashMap<>();

  private final Map<String, CollectionTable> tables = new ConcurrentHashMap<>();
  private final Promise<Void> ended = Promise.promise();
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

  private enum State {
    NEW,
    OPEN,
    CLOSED
  }

  public SqliteStore(Vertx vertx, SqliteSettings settings) {
    this.vertx = vertx;
    readerPool = new ReaderPool(settings);
    writer = new GroupCommitWriter(settings, ended::complete);
  }

  @Override
  public Future<Void> prepare(List<CollectionSpec> collections) {
    if (state.compareAndSet(State.NEW, State.OPEN)) {
      writer.start();
    } else if (state.get() == State.CLOSED) {
      return refused();
    }
    List<CollectionTable> wanted =
        Stream.concat(collections.stream(), Stream.of(ScopeRevisions.SPEC))
            .map(CollectionTable::new)
            .toList();
    return write(
            session -> {
              SchemaUpdater.bring(session, wanted);
              return null;
            })
        .map(
            v -> {
              wanted.forEach(table -> tables.put(table.spec.name(), table));
              return null;
            });
  }

  @Override
  public Future<Optional<StoredDocument>> get(CollectionSpec collection, String id) {
    return guarded(
        () -> {
          CollectionTable table = table(collection);
          return read(
              session ->
                  session
                      .query(
                          table.get,
                          List.of(id),
                          row ->
                              new StoredDocument(
                                  id, row.getLong(2), CompactBody.content(table, row, 3, Set.of())))
                      .stream()
                      .findFirst());
        });
  }

  @Override
  public Future<QueryPage<StoredDocument>> find(DocumentQuery query) {
    return guarded(
        () -> {
          DocumentQuery checked = QueryCheck.query(query);
          CollectionTable table = table(query.collection());
          List<KeysetCursor.Segment> segments = KeysetCursor.segments(checked);
          return read(session -> PageReader.read(session, table, checked, segments));
        });
  }

  @Override
  public Future<Long> count(CollectionSpec collection, DocumentFilter filter) {
    return guarded(
        () -> {
          SelectStatement select =
              SelectStatement.count(table(collection), QueryCheck.filter(collection, filter));
          return read(
              session ->
                  session.query(select.sql(), select.values(), row -> row.getLong(1)).get(0));
        });
  }

  @Override
  public Future<Map<String, Long>> countBy(
      CollectionSpec collection, DocumentFilter filter, String field) {
    return guarded(
        () -> {
          boolean flag =
              FieldValues.declared(collection, field).type() == CollectionSpec.Type.BOOLEAN;
          SelectStatement select =
              SelectStatement.countBy(
                  table(collection), QueryCheck.filter(collection, filter), field);
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
  public Future<List<DocumentWrite.Outcome>> apply(List<DocumentWrite> writes) {
    if (writes.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return guarded(
        () -> {
          List<EncodedWrite> all = changes(writes);
          return write(session -> run(all, session));
        });
  }

  @Override
  public boolean wholeSteps() {
    return true;
  }

  /** All steps in one transaction. */
  @Override
  public Future<List<DocumentWrite.Outcome>> applySteps(List<WriteStep> steps) {
    if (steps.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return guarded(
        () -> {
          List<List<EncodedWrite>> encoded =
              steps.stream().map(step -> changes(step.writes())).toList();
          return write(
              session -> {
                List<DocumentWrite.Outcome> all = new ArrayList<>();
                for (int i = 0; i < encoded.size(); i++) {
                  List<DocumentWrite.Outcome> outcomes = run(encoded.get(i), session);
                  all.addAll(outcomes);
                  if (!steps.get(i).passed(outcomes)) {
                    break;
                  }
                }
                return all;
              });
        });
  }

  private static List<DocumentWrite.Outcome> run(List<EncodedWrite> writes, SqliteSession session)
      throws SQLException {
    List<DocumentWrite.Outcome> outcomes = new ArrayList<>(writes.size());
    for (EncodedWrite write : writes) {
      outcomes.add(write.run(session));
    }
    return outcomes;
  }

  @Override
  public Future<Long> revision(String scope) {
    Long known = state.get() == State.OPEN ? revisions.get(scope) : null;
    return known != null
        ? Future.succeededFuture(known)
        : get(ScopeRevisions.SPEC, scope)
            .map(found -> found.map(StoredDocument::version).orElse(0L))
            .map(read -> revisions.merge(scope, read, Math::max));
  }

  @Override
  public Future<List<DocumentWrite.Outcome>> together(
      String scope, long revision, List<DocumentWrite> writes) {
    return guarded(
        () -> {
          DocumentWrite counted = ScopeRevisions.counted(scope, revision, new JsonObject());
          EncodedWrite first = EncodedWrite.of(table(ScopeRevisions.SPEC), counted);
          JointWriteBatch joint = new JointWriteBatch(first, changes(writes));
          return write(joint::run)
              .map(outcomes -> counted(scope, revision, outcomes))
              .onFailure(unknown -> revisions.remove(scope));
        });
  }

  private List<DocumentWrite.Outcome> counted(
      String scope, long revision, List<DocumentWrite.Outcome> outcomes) {
    if (ScopeRevisions.allDone(outcomes)) {
      revisions.merge(scope, revision + 1, Math::max);
    }
    return outcomes;
  }

  private List<EncodedWrite> changes(List<DocumentWrite> writes) {
    List<EncodedWrite> all = new ArrayList<>(writes.size());
    for (DocumentWrite write : writes) {
      all.add(EncodedWrite.of(table(write.collection()), write));
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
      readerPool.close(writer::close);
    }
    ended.future().onComplete(v -> context.runOnContext(w -> closed.complete()));
    return closed.future();
  }

  private CollectionTable table(CollectionSpec collection) {
    CollectionTable table = tables.get(collection.name());
    if (table == null) {
      throw unavailable("the store has not prepared " + collection.name());
    }
    return table;
  }

  private <T> Future<T> read(SqliteRequest.Work<T> work) {
    SqliteRequest<T> sqliteRequest = new SqliteRequest<>(vertx.getOrCreateContext(), work);
    return readerPool.offer(sqliteRequest) ? sqliteRequest.future() : refused();
  }

  private <T> Future<T> write(SqliteRequest.Work<T> work) {
    SqliteRequest<T> sqliteRequest = new SqliteRequest<>(vertx.getOrCreateContext(), work);
    return writer.offer(sqliteRequest) ? sqliteRequest.future() : refused();
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
