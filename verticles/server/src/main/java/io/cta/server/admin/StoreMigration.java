package io.cta.server.admin;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.CanonicalText;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.DocumentWrite.Outcome;
import io.cta.server.store.KeysetCursor;
import io.cta.server.store.MigrationProgress;
import io.cta.server.store.QueryPage;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Copies all documents of one store into another, page by page in the order of their ids, and then
 * compares both. An interrupted page is written again; documents already in the target must be
 * equal. Both stores must be prepared. For a single run.
 */
final class StoreMigration {
  private static final int PAGE = 500;
  private static final int REPORT_EVERY = 5 * PAGE;

  private final DocumentStore source;
  private final DocumentStore target;
  private final String from;
  private final List<CollectionSpec> collections;
  private final Consumer<String> out;
  private MigrationProgress migrationProgress;
  private long version;

  StoreMigration(
      DocumentStore source,
      DocumentStore target,
      String from,
      List<CollectionSpec> collections,
      Consumer<String> out) {
    this.source = source;
    this.target = target;
    this.from = from;
    this.collections = collections;
    this.out = out;
  }

  /** Completes once the target holds the same as the source; fails when it does not. */
  Future<Void> run() {
    Future<Void> done = begin();
    for (CollectionSpec spec : collections) {
      done = done.compose(v -> copy(spec, migrationProgress.after().getString(spec.name()), 0));
    }
    for (CollectionSpec spec : collections) {
      done = done.compose(v -> compare(spec));
    }
    return done.compose(v -> mark(new MigrationProgress(from, migrationProgress.after(), true)));
  }

  private Future<Void> begin() {
    return source
        .get(MigrationProgress.COLLECTION, MigrationProgress.ID)
        .compose(
            mark ->
                MigrationProgress.hindrance(mark).isPresent()
                    ? refused(
                        "the source is itself half a copy of "
                            + MigrationProgress.of(mark.get()).from())
                    : target.get(MigrationProgress.COLLECTION, MigrationProgress.ID))
        .compose(mark -> mark.isPresent() ? resume(mark.get()) : start());
  }

  private Future<Void> resume(StoredDocument mark) {
    migrationProgress = MigrationProgress.of(mark);
    version = mark.version();
    if (migrationProgress.finished()) {
      return refused("the target was filled from " + migrationProgress.from() + " already");
    }
    if (!migrationProgress.from().equals(from)) {
      return refused("the target is half a copy of " + migrationProgress.from());
    }
    out.accept("going on where an earlier run stopped");
    return Future.succeededFuture();
  }

  private Future<Void> start() {
    return firstWithDocuments(source, 0)
        .compose(
            nonEmpty ->
                nonEmpty.isEmpty()
                    ? refused("there is nothing in " + from)
                    : firstWithDocuments(target, 0))
        .compose(
            nonEmpty ->
                nonEmpty.isPresent()
                    ? refused("the target holds other data, in " + nonEmpty.get())
                    : mark(new MigrationProgress(from, new JsonObject(), false)));
  }

  /** Name of the first collection, from this index on, that has documents. */
  private Future<Optional<String>> firstWithDocuments(DocumentStore store, int index) {
    if (index == collections.size()) {
      return Future.succeededFuture(Optional.empty());
    }
    CollectionSpec spec = collections.get(index);
    return store
        .find(DocumentQuery.of(spec, DocumentFilter.ALL, 1))
        .compose(
            page ->
                page.items().isEmpty()
                    ? firstWithDocuments(store, index + 1)
                    : Future.succeededFuture(Optional.of(spec.name())));
  }

  private Future<Void> copy(CollectionSpec spec, String last, long copied) {
    DocumentQuery query = DocumentQuery.of(spec, DocumentFilter.ALL, PAGE);
    return source
        .find(last == null ? query : query.after(KeysetCursor.next(query, null, last)))
        .compose(
            page -> {
              if (page.items().isEmpty()) {
                out.accept(spec.name() + ": " + copied + " copied");
                return Future.succeededFuture();
              }
              String reached = page.items().get(page.items().size() - 1).id();
              long sum = copied + page.items().size();
              JsonObject after = migrationProgress.after().copy().put(spec.name(), reached);
              return write(spec, page.items())
                  .compose(v -> mark(new MigrationProgress(from, after, false)))
                  .compose(
                      v -> {
                        if (sum % REPORT_EVERY == 0) {
                          out.accept(spec.name() + ": " + sum + " copied so far");
                        }
                        return copy(spec, reached, sum);
                      });
            });
  }

  private Future<Void> write(CollectionSpec spec, List<StoredDocument> documents) {
    List<DocumentWrite> inserts = new ArrayList<>();
    documents.forEach(
        d -> inserts.add(new DocumentWrite.Insert(spec, d.id(), d.version(), d.body())));
    return target
        .apply(inserts)
        .compose(
            outcomes -> {
              Future<Void> same = Future.succeededFuture();
              for (int i = 0; i < outcomes.size(); i++) {
                StoredDocument wanted = documents.get(i);
                if (outcomes.get(i) == Outcome.DUPLICATE) {
                  same = same.compose(v -> requireSame(spec, wanted));
                }
              }
              return same;
            });
  }

  /** Checks a document that an earlier run wrote without recording its progress. */
  private Future<Void> requireSame(CollectionSpec spec, StoredDocument wanted) {
    return target
        .get(spec, wanted.id())
        .compose(
            found -> {
              Optional<String> text = found.map(CanonicalText::text);
              return text.isPresent() && text.get().equals(CanonicalText.text(wanted))
                  ? Future.succeededFuture()
                  : refused(
                      "the target holds another document in the place of "
                          + wanted.id()
                          + " of "
                          + spec.name());
            });
  }

  private Future<Void> mark(MigrationProgress next) {
    DocumentWrite write =
        version == 0
            ? new DocumentWrite.Insert(
                MigrationProgress.COLLECTION, MigrationProgress.ID, next.body())
            : new DocumentWrite.Replace(
                MigrationProgress.COLLECTION, MigrationProgress.ID, version, next.body());
    return target
        .apply(List.of(write))
        .compose(
            outcomes -> {
              if (outcomes.get(0) != Outcome.DONE) {
                return refused("another migration writes to the target");
              }
              migrationProgress = next;
              version++;
              return Future.succeededFuture();
            });
  }

  private Future<Void> compare(CollectionSpec spec) {
    Future<CollectionFingerprint> sourceSum =
        fingerprint(source, spec, null, CollectionFingerprint.EMPTY);
    Future<CollectionFingerprint> targetSum =
        fingerprint(target, spec, null, CollectionFingerprint.EMPTY);
    return Future.all(sourceSum, targetSum)
        .compose(
            both -> {
              CollectionFingerprint a = sourceSum.result();
              CollectionFingerprint b = targetSum.result();
              if (a.equals(b)) {
                out.accept(spec.name() + ": " + a.count() + " documents, the same, " + a);
                return Future.succeededFuture();
              }
              return refused(
                  "%s differs: %d documents (%s) in the source, %d (%s) in the target; if the"
                          .formatted(spec.name(), a.count(), a, b.count(), b)
                      + " source was used meanwhile, drop the target and begin again");
            });
  }

  private static Future<CollectionFingerprint> fingerprint(
      DocumentStore store, CollectionSpec spec, String next, CollectionFingerprint sum) {
    return store
        .find(DocumentQuery.of(spec, DocumentFilter.ALL, PAGE).after(next))
        .compose(
            (QueryPage<StoredDocument> page) -> {
              CollectionFingerprint more = sum.with(page.items());
              return page.next() == null
                  ? Future.succeededFuture(more)
                  : fingerprint(store, spec, page.next(), more);
            });
  }

  private static <T> Future<T> refused(String text) {
    return Future.failedFuture(new ServiceFailure(ErrorCode.CONFLICT, text));
  }
}
