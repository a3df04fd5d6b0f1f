package io.cta.server.store.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.IndexSpec;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the missing indexes of a collection and checks them. */
final class IndexCreator {
  private static final Logger log = LoggerFactory.getLogger(IndexCreator.class);
  private static final int NO_COLLECTION = 26;
  private static final int DUPLICATE_KEY = 11_000;

  private IndexCreator() {}

  static Future<Void> make(MongoClient client, CollectionSpec spec) {
    return plan(client, spec)
        .compose(
            plan -> {
              if (!plan.foreign().isEmpty()) {
                log.info(
                    "indexes that CTA does not use [collection: {}, indexes: {}]",
                    spec.name(),
                    plan.foreign());
              }
              return plan.missing().isEmpty()
                  ? Future.succeededFuture()
                  : make(client, spec, plan.missing()).compose(v -> check(client, spec));
            });
  }

  private static Future<Void> make(
      MongoClient client, CollectionSpec spec, List<IndexSpec> missing) {
    Future<Void> done = Future.succeededFuture();
    for (IndexSpec index : missing) {
      // sparse, so that documents without the field do not count as equal
      IndexOptions options =
          new IndexOptions().name(index.name()).unique(index.unique()).sparse(index.unique());
      done =
          done.compose(
                  v -> client.createIndexWithOptions(spec.name(), IndexPlan.keys(index), options))
              .recover(e -> Future.failedFuture(impossible(spec, index, e)));
    }
    return done;
  }

  /**
   * Finds out here, not by a lost write, that a server reported success but created something else.
   */
  private static Future<Void> check(MongoClient client, CollectionSpec spec) {
    return plan(client, spec)
        .map(
            plan -> {
              if (!plan.missing().isEmpty()) {
                throw new ServiceFailure(
                    ErrorCode.CONFLICT,
                    "the database did not make the index '%s' of %s"
                        .formatted(plan.missing().get(0).name(), spec.name()));
              }
              return null;
            });
  }

  private static Future<IndexPlan> plan(MongoClient client, CollectionSpec spec) {
    return client
        .listIndexes(spec.name())
        .map(found -> found.stream().map(JsonObject.class::cast).toList())
        .recover(
            e ->
                e instanceof MongoCommandException c && c.getErrorCode() == NO_COLLECTION
                    ? Future.succeededFuture(List.of())
                    : Future.failedFuture(e))
        .map(
            found -> {
              IndexPlan plan = IndexPlan.of(spec, found);
              if (!plan.wrong().isEmpty()) {
                throw new ServiceFailure(ErrorCode.CONFLICT, String.join("; ", plan.wrong()));
              }
              return plan;
            });
  }

  private static Throwable impossible(CollectionSpec spec, IndexSpec index, Throwable e) {
    if (e instanceof MongoException mongo && mongo.getCode() == DUPLICATE_KEY) {
      String field = String.join(", ", index.paths());
      return new ServiceFailure(
          ErrorCode.CONFLICT,
          "%s holds several documents with the same %s, which must be unique: change or remove"
                  .formatted(spec.name(), field)
              + " all but one of them, then start again");
    }
    return e;
  }
}
