package io.cta.server.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.cta.json.JsonMapping;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Encodes views as JSON, without building a tree first. Safe from any thread. */
public final class ViewEncoder {
  private ViewEncoder() {}

  /** JSON text in UTF-8. */
  public static Buffer bytes(View view) {
    return JsonMapping.encode(view);
  }

  /** JSON text for a transport that takes only text. */
  public static String text(View view) {
    try {
      return JsonMapping.mapper().writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot encode " + view.getClass().getName(), e);
    }
  }

  /** A tree, to compare with another one. */
  public static JsonObject tree(View view) {
    return JsonMapping.toObject(view);
  }
}
