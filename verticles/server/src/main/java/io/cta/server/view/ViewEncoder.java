package io.cta.server.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.cta.json.JsonMapping;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Encodes views as JSON, without building a tree first. Safe from any thread. */
public final class ViewEncoder {
  private ViewEncoder() {}

  /** JSON text in UTF-8. */
  public static Buffer bytes(OutwardView outwardView) {
    return JsonMapping.encode(outwardView);
  }

  /** JSON text for a transport that takes only text. */
  public static String text(OutwardView outwardView) {
    try {
      return JsonMapping.mapper().writeValueAsString(outwardView);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot encode " + outwardView.getClass().getName(), e);
    }
  }

  /** A tree, to compare with another one. */
  public static JsonObject tree(OutwardView outwardView) {
    return JsonMapping.toObject(outwardView);
  }
}
