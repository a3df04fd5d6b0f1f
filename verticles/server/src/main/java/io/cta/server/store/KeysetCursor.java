package io.cta.server.store;

import io.cta.error.ServiceFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Where a page begins: after the sort value and id of the last document before it. Documents
 * without the sort field come first when ascending and last when descending.
 */
public final class KeysetCursor {
  private KeysetCursor() {}

  /** A part of the sorted collection that one simple range describes. */
  public sealed interface Segment {
    /** Everything, from the first document. */
    record All() implements Segment {}

    /** Documents after that id, for collections sorted by id. */
    record AfterId(String id) implements Segment {}

    /** Documents with the sort field, after that value and id. */
    record AfterValue(Object value, String id) implements Segment {}

    /** Documents without the sort field; after that id, or all when it is null. */
    record Missing(String id) implements Segment {}

    /** All documents with the sort field. */
    record Present() implements Segment {}
  }

  /** The segments to read one after the other until the page is full. */
  public static List<Segment> segments(DocumentQuery query) {
    if (query.after() == null) {
      return List.of(new Segment.All());
    }
    JsonArray key = decode(query);
    String id = key.getString(3);
    if (query.sort().equals("id")) {
      return List.of(new Segment.AfterId(id));
    }
    Object value = key.getValue(2);
    if (value != null) {
      Segment behind = new Segment.AfterValue(value, id);
      return query.descending() ? List.of(behind, new Segment.Missing(null)) : List.of(behind);
    }
    Segment missing = new Segment.Missing(id);
    return query.descending() ? List.of(missing) : List.of(missing, new Segment.Present());
  }

  /** The opaque {@code next} of a page that ends with that sort value and id. */
  public static String next(DocumentQuery query, Object value, String id) {
    JsonArray key = new JsonArray().add(query.sort()).add(query.descending()).add(value).add(id);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.encode().getBytes(StandardCharsets.UTF_8));
  }

  private static JsonArray decode(DocumentQuery query) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(query.after());
      JsonArray key = new JsonArray(new String(bytes, StandardCharsets.UTF_8));
      if (key.size() == 4
          && query.sort().equals(key.getValue(0))
          && Boolean.valueOf(query.descending()).equals(key.getValue(1))
          && key.getValue(3) instanceof String) {
        Object value = key.getValue(2);
        if (value != null && !query.sort().equals("id")) {
          FieldValues.scalar(FieldValues.declared(query.collection(), query.sort()), value);
        }
        return key;
      }
    } catch (IllegalArgumentException | DecodeException e) {
      // refused below
    }
    throw ServiceFailure.invalid("after", "is not the next of a page of this list");
  }
}
