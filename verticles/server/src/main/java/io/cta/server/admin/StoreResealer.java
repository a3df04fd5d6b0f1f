package io.cta.server.admin;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.secrets.SecretCipher;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Seals with the newest key what others have sealed, in every document of the collections that have
 * sealed texts. Each document is replaced at once, so that a run that is cut off may be repeated.
 */
final class StoreResealer {
  private static final List<CollectionSpec> SEALED =
      List.of(
          StoreCollections.SECRETS,
          StoreCollections.CHANNELS,
          StoreCollections.FORGES,
          StoreCollections.HOOKS);
  private static final int PAGE = 200;

  private final DocumentStore store;
  private final SecretCipher cipher;
  private int count;

  StoreResealer(DocumentStore store, SecretCipher cipher) {
    this.store = store;
    this.cipher = cipher;
  }

  /** Completes with the number of texts that were sealed anew. */
  Future<Integer> run() {
    Future<Void> done = Future.succeededFuture();
    for (CollectionSpec spec : SEALED) {
      done = done.compose(v -> pages(spec, null));
    }
    return done.map(v -> count);
  }

  private Future<Void> pages(CollectionSpec spec, String after) {
    return store
        .find(DocumentQuery.of(spec, DocumentFilter.ALL, PAGE).after(after))
        .compose(
            page ->
                replaced(spec, page.items())
                    .compose(
                        v ->
                            page.next() == null
                                ? Future.succeededFuture()
                                : pages(spec, page.next())));
  }

  private Future<Void> replaced(CollectionSpec spec, List<StoredDocument> documents) {
    List<DocumentWrite> writes = new ArrayList<>();
    for (StoredDocument document : documents) {
      JsonObject body = document.body();
      JsonObject next = (JsonObject) resealed(body);
      if (!next.equals(body)) {
        writes.add(new DocumentWrite.Replace(spec, document.id(), document.version(), next));
      }
    }
    return writes.isEmpty()
        ? Future.succeededFuture()
        : store.apply(writes).map(StoreResealer::all);
  }

  private Object resealed(Object value) {
    if (value instanceof String text && cipher.isOld(text)) {
      count++;
      return cipher.seal(cipher.open(text));
    }
    if (value instanceof JsonObject object) {
      JsonObject out = new JsonObject();
      for (Map.Entry<String, Object> field : object) {
        out.put(field.getKey(), resealed(field.getValue()));
      }
      return out;
    }
    if (value instanceof JsonArray array) {
      JsonArray out = new JsonArray();
      array.forEach(one -> out.add(resealed(one)));
      return out;
    }
    return value;
  }

  private static Void all(List<DocumentWrite.Outcome> outcomes) {
    if (!outcomes.stream().allMatch(DocumentWrite.Outcome.DONE::equals)) {
      throw new ServiceFailure(
          ErrorCode.CONFLICT, "a server works on the store: stop it and start this again");
    }
    return null;
  }
}
