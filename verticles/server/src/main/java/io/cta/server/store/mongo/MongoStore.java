package io.cta.server.store.mongo;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.FieldValues;
import io.cta.server.store.KeysetCursor;
import io.cta.server.store.KeysetCursor.Segment;
import io.cta.server.store.QueryCheck;
import io.cta.server.store.QueryPage;
import io.cta.server.store.ScopeRevisions;
import io.cta.server.store.StoredDocument;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores documents in a MongoDB-compatible database. {@link #prepare} connects it. */
public final class MongoStore implements DocumentStore {
  private static final Logger log = LoggerFactory.getLogger(MongoStore.class);

  private static final long FINISH_EVERY_MILLIS = 30_000;

  private final Vertx vertx;
  private final MongoSettings settings;
  private final Map<String, CollectionSpec> prepared = new ConcurrentHashMap<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Promise<Void> idle = Promise.promise();
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicBoolean finishing = new AtomicBoolean();
  private final RetryExecutor retry;
  private volatile long timer = -1;
  private volatile MongoClient client;
  private volatile boolean closed;

  public MongoStore(Vertx vertx, MongoSettings settings, MonotonicClock ticker) {
    this.vertx = vertx;
    this.settings = settings;
    retry = new RetryExecutor(vertx, settings.patience(), () -> closed, ticker);
  }

  @Override
  public Future<Void> prepare(List<CollectionSpec> collections) {
    return bounded(
        () -> {
          // looks up hosts, which may block
          Future<Void> done = vertx.executeBlocking(this::connect);
          List<CollectionSpec> all = new ArrayList<>(collections);
          all.add(ScopeRevisions.SPEC);
          for (CollectionSpec spec : all) {
            done = done.compose(v -> IndexCreator.make(client, spec));
          }
          return done.map(
              v -> {
                all.forEach(spec -> prepared.put(spec.name(), spec));
                if (finishing.compareAndSet(false, true)) {
                  timer = vertx.setPeriodic(0, FINISH_EVERY_MILLIS, tick -> finish());
                }
                return null;
              });
        });
  }

  /**
   * Carries out joint writes of servers that died after deciding them; a failure is tried again at
   * the next tick.
   */
  private void finish() {
    bounded(() -> joint().finishAll())
        .onFailure(e -> log.debug("joint writes left behind are not carried out yet", e));
  }

  @Override
  public Future<Optional<StoredDocument>> get(CollectionSpec collection, String id) {
    return bounded(
        () -> {
          String name = named(collection);
          JsonObject wanted = new JsonObject().put(MongoDocumentCodec.ID, id);
          return retry
              .of(again -> client.findOne(name, wanted, null))
              .map(found -> Optional.ofNullable(found).map(MongoDocumentCodec::document));
        });
  }

  @Override
  public Future<QueryPage<StoredDocument>> find(DocumentQuery query) {
    return bounded(
        () -> {
          DocumentQuery checked = QueryCheck.query(query);
          String collection = named(query.collection());
          Future<List<StoredDocument>> found = Future.succeededFuture(new ArrayList<>());
          for (Segment segment : KeysetCursor.segments(checked)) {
            found = found.compose(rows -> more(collection, checked, segment, rows));
          }
          return found.map(rows -> MongoResults.page(checked, rows));
        });
  }

  @Override
  public Future<Long> count(CollectionSpec collection, DocumentFilter filter) {
    return bounded(
        () -> {
          String name = named(collection);
          JsonObject wanted = MongoQueryBuilder.filter(QueryCheck.filter(collection, filter));
          return retry.of(again -> client.count(name, wanted));
        });
  }

  @Override
  public Future<Map<String, Long>> countBy(
      CollectionSpec collection, DocumentFilter filter, String field) {
    return bounded(
        () -> {
          FieldValues.declared(collection, field);
          DocumentFilter checked = QueryCheck.filter(collection, filter);
          String name = named(collection);
          JsonArray stages = MongoQueryBuilder.countBy(collection, checked, field);
          return retry
              .of(again -> MongoResults.all(client.aggregate(name, stages)))
              .map(MongoResults::counts);
        });
  }

  @Override
  public Future<List<DocumentWrite.Outcome>> apply(List<DocumentWrite> writes) {
    if (writes.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return bounded(
        () -> {
          return new MongoWriteBatch(client, retry, own(writes)).run();
        });
  }

  private List<DocumentWrite> own(List<DocumentWrite> writes) {
    List<DocumentWrite> own = new ArrayList<>(writes.size());
    for (DocumentWrite write : writes) {
      named(write.collection());
      own.add(checked(write));
    }
    return own;
  }

  @Override
  public Future<Long> revision(String scope) {
    return bounded(() -> joint().revision(scope));
  }

  @Override
  public Future<List<DocumentWrite.Outcome>> together(
      String scope, long revision, List<DocumentWrite> writes) {
    return bounded(() -> joint().run(scope, revision, own(writes)));
  }

  private JointWriteExecutor joint() {
    named(ScopeRevisions.SPEC);
    return new JointWriteExecutor(vertx, client, retry, prepared::get, JointWriteExecutor.LOOKS);
  }

  @Override
  public Future<Void> close() {
    closed = true;
    vertx.cancelTimer(timer);
    if (underWay.get() == 0) {
      idle.tryComplete();
    }
    MongoClient opened = client;
    Future<Void> done = idle.future();
    return opened == null ? done : done.compose(v -> opened.close());
  }

  private synchronized Void connect() {
    if (client == null) {
      client = settings.connect(vertx);
    }
    return null;
  }

  private Future<List<StoredDocument>> more(
      String collection, DocumentQuery query, Segment segment, List<StoredDocument> rows) {
    int wanted = query.limit() + 1 - rows.size();
    if (wanted <= 0) {
      return Future.succeededFuture(rows);
    }
    JsonObject filter = MongoQueryBuilder.filter(query, segment);
    // a plain find asks for batches of two billion documents, for which some servers reserve memory
    FindOptions options = MongoQueryBuilder.options(query, wanted).setBatchSize(wanted);
    return retry
        .of(again -> MongoResults.all(client.findBatchWithOptions(collection, filter, options)))
        .map(
            found -> {
              found.forEach(stored -> rows.add(MongoDocumentCodec.document(stored)));
              return rows;
            });
  }

  /** The write, once its declared fields are checked, with a body that its owner cannot change. */
  private static DocumentWrite checked(DocumentWrite write) {
    if (write instanceof DocumentWrite.Insert insert) {
      insert.content().values(insert.collection());
      return new DocumentWrite.Insert(
          insert.collection(), insert.id(), insert.version(), insert.content().detached());
    }
    if (write instanceof DocumentWrite.Replace replace) {
      replace.content().values(replace.collection());
      return new DocumentWrite.Replace(
          replace.collection(), replace.id(), replace.version(), replace.content().detached());
    }
    return write;
  }

  private String named(CollectionSpec collection) {
    if (!prepared.containsKey(collection.name())) {
      throw unavailable("the store has not prepared " + collection.name());
    }
    return collection.name();
  }

  /** Refuses requests beyond the limit, and turns the client's failures into CTA's. */
  private <T> Future<T> bounded(Supplier<Future<T>> request) {
    if (closed) {
      return Future.failedFuture(unavailable("the store is closed"));
    }
    if (underWay.incrementAndGet() > settings.waiting()) {
      left();
      return Future.failedFuture(unavailable("the store is busy"));
    }
    Future<T> result;
    try {
      result = request.get();
    } catch (RuntimeException e) {
      result = Future.failedFuture(e);
    }
    Function<Throwable, Future<T>> failed = e -> Future.failedFuture(known(e));
    return result.onSuccess(v -> back()).recover(failed).onComplete(done -> left());
  }

  private void back() {
    if (away.compareAndSet(true, false)) {
      log.info("the database answers again [hosts: {}]", settings.hosts());
    }
  }

  private void left() {
    if (underWay.decrementAndGet() == 0 && closed) {
      idle.tryComplete();
    }
  }

  private ServiceFailure known(Throwable e) {
    if (e instanceof ServiceFailure failure) {
      return failure;
    }
    String text = MongoFailures.text(e, settings);
    if (!MongoFailures.passing(e)) {
      log.error("store failed", e);
    } else if (!away.getAndSet(true)) {
      // once, not for each of the thousands that wait
      log.warn("the store is away: {}", text);
    }
    return unavailable(text);
  }

  private static ServiceFailure unavailable(String text) {
    return new ServiceFailure(ErrorCode.UNAVAILABLE, text);
  }
}
