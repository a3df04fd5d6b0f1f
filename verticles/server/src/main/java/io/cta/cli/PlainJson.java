package io.cta.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes one document out as JSON. Aliases become copies, and a few lines of them can become more
 * than any memory holds: so there is a limit.
 */
final class PlainJson {
  private static final int MAX_VALUES = 200_000;

  private int values;

  JsonObject object(Map<?, ?> map) {
    Map<String, Object> out = new LinkedHashMap<>();
    map.forEach((key, value) -> out.put(String.valueOf(key), json(value)));
    return new JsonObject(out);
  }

  private Object json(Object value) {
    if (++values > MAX_VALUES) {
      throw new CliFailure(ExitCode.FAILED, "has more than " + MAX_VALUES + " values");
    }
    if (value instanceof Map<?, ?> map) {
      return object(map);
    }
    if (value instanceof List<?> list) {
      JsonArray out = new JsonArray();
      list.forEach(item -> out.add(json(item)));
      return out;
    }
    return value;
  }
}
