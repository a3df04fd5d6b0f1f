package io.cta.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.VertxModule;
import java.io.IOException;

/**
 * The one JSON mapping of CTA. Unknown fields are ignored on read, so that nodes and agents of
 * neighbouring versions understand each other; absent and null are the same. Safe from any thread.
 */
public final class JsonMapping {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new VertxModule())
          .addModule(new CtaModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private JsonMapping() {}

  public static ObjectMapper mapper() {
    return MAPPER;
  }

  public static Buffer encode(Object value) {
    return Buffer.buffer(bytes(value));
  }

  /** JSON text in UTF-8. */
  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot encode " + value.getClass().getName(), e);
    }
  }

  /**
   * Reads a value; JSON that is malformed or does not fit is a {@link ServiceFailure} with code
   * INVALID.
   */
  public static <T> T decode(Buffer bytes, Class<T> type) {
    return decode(bytes.getBytes(), type);
  }

  /** As {@link #decode(Buffer, Class)}. */
  public static <T> T decode(byte[] bytes, Class<T> type) {
    try {
      return MAPPER.readValue(bytes, type);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  public static JsonObject toObject(Object value) {
    return MAPPER.convertValue(value, JsonObject.class);
  }

  /**
   * Converts a parsed object; content that does not fit is a {@link ServiceFailure} with code
   * INVALID.
   */
  public static <T> T fromObject(JsonObject object, Class<T> type) {
    try {
      return MAPPER.convertValue(object, type);
    } catch (IllegalArgumentException e) {
      throw failure(e);
    }
  }

  private static ServiceFailure failure(Exception e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof ServiceFailure known) {
        return known;
      }
    }
    Throwable cause = e.getCause() instanceof JsonProcessingException ? e.getCause() : e;
    if (cause instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return ServiceFailure.invalid(path(mapping), mapping.getOriginalMessage());
    }
    String text =
        cause instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : cause.getMessage();
    return new ServiceFailure(ErrorCode.INVALID, "malformed JSON: " + text);
  }

  private static String path(JsonMappingException e) {
    StringBuilder out = new StringBuilder();
    for (JsonMappingException.Reference r : e.getPath()) {
      if (r.getFieldName() == null) {
        out.append('[').append(r.getIndex()).append(']');
      } else {
        out.append(out.isEmpty() ? "" : ".").append(r.getFieldName());
      }
    }
    return out.toString();
  }
}
