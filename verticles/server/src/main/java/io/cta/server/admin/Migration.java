package io.cta.server.admin;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.Canonical;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.Document;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.Filter;
import io.cta.server.store.Keyset;
import io.cta.server.store.Move;
import io.cta.server.store.Page;
import io.cta.server.store.Query;
import io.cta.server.store.Write;
import io.cta.server.store.Write.Outcome;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Moves all documents of one store into another, page by page in the order of their ids, and
 * compares both afterwards. A page that was cut off is simply written again: what is there already
 * must be the same. Both stores are prepared. For one run.
 */
final class Migration {
  private static final int PAGE = 500;
  private static final int SAID_EVERY = 5 * PAGE;

  private final DocumentStore source;
  private final DocumentStore target;
  private final String from;
  private final List<CollectionSpec> collections;
  private final Consumer<String> out;
  private Move move;
  private long version;

  Migration(
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

  /** Completes once the target holds what the source holds, and fails when it does not. */
  Future<Void> run() {
    Future<Void> done = begin();
    for (CollectionSpec spec : collections) {
      done = done.compose(v -> copy(spec, move.after().getString(spec.name()), 0));
    }
    for (CollectionSpec spec : collections) {
      done = done.compose(v -> compare(spec));
    }
    return done.compose(v -> mark(new Move(from, move.after(), true)));
  }

  private Future<Void> begin() {
    return source
        .get(Move.COLLECTION, Move.ID)
        .compose(
            mark ->
                Move.hindrance(mark).isPresent()
                    ? refused("the source is itself half a copy of " + Move.of(mark.get()).from())
                    : target.get(Move.COLLECTION, Move.ID))
        .compose(mark -> mark.isPresent() ? resume(mark.get()) : start());
  }

  private Future<Void> resume(Document mark) {
    move = Move.of(mark);
    version = mark.version();
    if (move.finished()) {
      return refused("the target was filled from " + move.from() + " already");
    }
    if (!move.from().equals(from)) {
      return refused("the target is half a copy of " + move.from());
    }
    out.accept("going on where an earlier run stopped");
    return Future.succeededFuture();
  }

  private Future<Void> start() {
    return holder(source, 0)
        .compose(
            held -> held.isEmpty() ? refused("there is nothing in " + from) : holder(target, 0))
        .compose(
            held ->
                held.isPresent()
                    ? refused("the target holds other data, in " + held.get())
                    : mark(new Move(from, new JsonObject(), false)));
  }

  /** The first collection, from that one on, that has documents. */
  private Future<Optional<String>> holder(DocumentStore store, int at) {
    if (at == collections.size()) {
      return Future.succeededFuture(Optional.empty());
    }
    CollectionSpec spec = collections.get(at);
    return store
        .find(Query.of(spec, Filter.ALL, 1))
        .compose(
            page ->
                page.items().isEmpty()
                    ? holder(store, at + 1)
                    : Future.succeededFuture(Optional.of(spec.name())));
  }

  private Future<Void> copy(CollectionSpec spec, String last, long copied) {
    Query query = Query.of(spec, Filter.ALL, PAGE);
    return source
        .find(last == null ? query : query.after(Keyset.next(query, null, last)))
        .compose(
            page -> {
              if (page.items().isEmpty()) {
                out.accept(spec.name() + ": " + copied + " copied");
                return Future.succeededFuture();
              }
              String reached = page.items().get(page.items().size() - 1).id();
              long sum = copied + page.items().size();
              JsonObject after = move.after().copy().put(spec.name(), reached);
              return write(spec, page.items())
                  .compose(v -> mark(new Move(from, after, false)))
                  .compose(
                      v -> {
                        if (sum % SAID_EVERY == 0) {
                          out.accept(spec.name() + ": " + sum + " copied so far");
                        }
                        return copy(spec, reached, sum);
                      });
            });
  }

  private Future<Void> write(CollectionSpec spec, List<Document> documents) {
    List<Write> inserts = new ArrayList<>();
    documents.forEach(d -> inserts.add(new Write.Insert(spec, d.id(), d.version(), d.body())));
    return target
        .apply(inserts)
        .compose(
            outcomes -> {
              Future<Void> same = Future.succeededFuture();
              for (int i = 0; i < outcomes.size(); i++) {
                Document wanted = documents.get(i);
                if (outcomes.get(i) == Outcome.DUPLICATE) {
                  same = same.compose(v -> there(spec, wanted));
                }
              }
              return same;
            });
  }

  /** What an earlier run wrote before it could say so. */
  private Future<Void> there(CollectionSpec spec, Document wanted) {
    return target
        .get(spec, wanted.id())
        .compose(
            found -> {
              Optional<String> text = found.map(Canonical::text);
              return text.isPresent() && text.get().equals(Canonical.text(wanted))
                  ? Future.succeededFuture()
                  : refused(
                      "the target holds another document in the place of "
                          + wanted.id()
                          + " of "
                          + spec.name());
            });
  }

  private Future<Void> mark(Move next) {
    Write write =
        version == 0
            ? new Write.Insert(Move.COLLECTION, Move.ID, next.body())
            : new Write.Replace(Move.COLLECTION, Move.ID, version, next.body());
    return target
        .apply(List.of(write))
        .compose(
            outcomes -> {
              if (outcomes.get(0) != Outcome.DONE) {
                return refused("another migration writes to the target");
              }
              move = next;
              version++;
              return Future.succeededFuture();
            });
  }

  private Future<Void> compare(CollectionSpec spec) {
    Future<Fingerprint> here = fingerprint(source, spec, null, Fingerprint.EMPTY);
    Future<Fingerprint> there = fingerprint(target, spec, null, Fingerprint.EMPTY);
    return Future.all(here, there)
        .compose(
            both -> {
              Fingerprint a = here.result();
              Fingerprint b = there.result();
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

  private static Future<Fingerprint> fingerprint(
      DocumentStore store, CollectionSpec spec, String next, Fingerprint sum) {
    return store
        .find(Query.of(spec, Filter.ALL, PAGE).after(next))
        .compose(
            (Page<Document> page) -> {
              Fingerprint more = sum.with(page.items());
              return page.next() == null
                  ? Future.succeededFuture(more)
                  : fingerprint(store, spec, page.next(), more);
            });
  }

  private static <T> Future<T> refused(String text) {
    return Future.failedFuture(new ServiceFailure(ErrorCode.CONFLICT, text));
  }
}
