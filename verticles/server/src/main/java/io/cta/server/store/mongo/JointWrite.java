package io.cta.server.store.mongo;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoredDocument;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One of the writes that were decided together; tells what is left to do for it. Pure.
 *
 * @param before the body that it replaces or deletes; null for an insert
 */
record JointWrite(DocumentWrite write, JsonObject before) {
  CollectionSpec collection() {
    return write.collection();
  }

  String id() {
    return write.id();
  }

  /**
   * The write that brings the document to what was decided; empty when nothing is left to do.
   * Fields that a writer outside the scope has changed since, and that this write does not change,
   * keep that writer's value.
   *
   * @param stored the document as it is, or null
   */
  Optional<DocumentWrite> next(StoredDocument stored) {
    if (write instanceof DocumentWrite.Insert) {
      return stored == null ? Optional.of(write) : Optional.empty();
    }
    if (stored == null) {
      return Optional.empty();
    }
    if (write instanceof DocumentWrite.Delete) {
      return Optional.of(new DocumentWrite.Delete(collection(), id(), stored.version()));
    }
    JsonObject wanted = ((DocumentWrite.Replace) write).body();
    JsonObject next = stored.body().copy();
    boolean changed = false;
    for (String field : fields(before, wanted)) {
      Object value = wanted.getValue(field);
      if (!Objects.equals(value, before.getValue(field))
          && !Objects.equals(value, next.getValue(field))) {
        next.put(field, value);
        changed = true;
      }
    }
    return changed
        ? Optional.of(new DocumentWrite.Replace(collection(), id(), stored.version(), next))
        : Optional.empty();
  }

  private static Set<String> fields(JsonObject a, JsonObject b) {
    Set<String> all = new HashSet<>(a.fieldNames());
    all.addAll(b.fieldNames());
    all.remove("id"); // never changes, and not every body has it
    return all;
  }

  JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("collection", collection().name())
            .put("id", id())
            .put("before", before);
    if (write instanceof DocumentWrite.Insert insert) {
      return json.put("version", insert.version()).put("body", insert.body());
    }
    if (write instanceof DocumentWrite.Replace replace) {
      return json.put("version", replace.version()).put("body", replace.body());
    }
    return json.put("version", ((DocumentWrite.Delete) write).version());
  }

  static JointWrite of(JsonObject json, Function<String, CollectionSpec> specs) {
    CollectionSpec spec = specs.apply(json.getString("collection"));
    String id = json.getString("id");
    if (spec == null) {
      throw new ServiceFailure(
          ErrorCode.UNAVAILABLE, "the store has not prepared " + json.getString("collection"));
    }
    long version = json.getLong("version");
    JsonObject body = json.getJsonObject("body");
    JsonObject before = json.getJsonObject("before");
    if (before == null) {
      return new JointWrite(new DocumentWrite.Insert(spec, id, version, body), null);
    }
    return body == null
        ? new JointWrite(new DocumentWrite.Delete(spec, id, version), before)
        : new JointWrite(new DocumentWrite.Replace(spec, id, version, body), before);
  }
}
