package io.cta.bus;

import io.cta.domain.StageScript;
import io.cta.domain.SuiteEntry;
import io.cta.domain.SuiteParameter;
import io.cta.domain.Test;
import io.cta.domain.TimeLimit;
import io.cta.message.MessagePayload;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes a value of any record, every component filled, so that no field can be forgotten. */
public final class RecordFixtures {
  /** Two, three and four bytes of UTF-8, a surrogate pair, and what JSON must escape. */
  public static final String TEXT = "Prüfung ✓ 测试 🚀 \"q\" \\ \n";

  private static final String GLOB = "Prüfung/**/{a,b}*.xml";

  private RecordFixtures() {}

  public static <T extends Record> T of(Class<T> type) {
    if (type == SuiteEntry.class) {
      return type.cast(new SuiteEntry(null, null, of(Test.class))); // one of three, never all
    }
    if (type == StageScript.class) {
      return type.cast(StageScript.of(TEXT)); // one of two, never both
    }
    if (type == TimeLimit.class) {
      return type.cast(TimeLimit.of(Duration.ofMinutes(5))); // one of two, never both
    }
    if (type == SuiteParameter.class) { // the default is one of the values
      return type.cast(new SuiteParameter(TEXT, List.of(TEXT), TEXT));
    }
    try {
      RecordComponent[] parts = type.getRecordComponents();
      Class<?>[] types = new Class<?>[parts.length];
      Object[] values = new Object[parts.length];
      for (int i = 0; i < parts.length; i++) {
        types[i] = parts[i].getType();
        values[i] = value(parts[i].getGenericType(), parts[i].getName());
      }
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(type.getName(), e);
    }
  }

  private static Object value(Type type, String name) {
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      if (generic.getRawType() == List.class) {
        List<Object> list = new ArrayList<>();
        list.add(value(last, name));
        return list;
      }
      return Map.of("key", value(last, name));
    }
    return plain((Class<?>) type, name);
  }

  private static Object plain(Class<?> type, String name) {
    if (type == Object.class) {
      return TEXT;
    } else if (type == String.class) {
      return switch (name) {
        case "name", "testName" -> "Prüfung 1";
        case "cron" -> "0 2 * * *";
        case "zone" -> "Europe/Paris";
        case "when" -> "result != ok";
        case "junit", "tap", "robot", "cucumber", "trx", "nunit", "xunit", "testng" -> GLOB;
        case "ctrf", "gotest", "files" -> GLOB;
        default -> TEXT;
      };
    } else if (type == int.class || type == Integer.class) {
      return 3;
    } else if (type == long.class || type == Long.class) {
      return 1L << 40;
    } else if (type == double.class || type == Double.class) {
      return 0.5;
    } else if (type == boolean.class || type == Boolean.class) {
      return true;
    } else if (type == Instant.class) {
      return Instant.parse("2026-02-03T04:05:06.789Z");
    } else if (type == Duration.class) {
      return Duration.ofSeconds(90);
    } else if (type == JsonObject.class) {
      return new JsonObject().put("größe", 1).put("list", List.of(TEXT));
    } else if (type == MessagePayload.class) {
      return MessagePayload.of(plain(JsonObject.class, name));
    } else if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    return of(type.asSubclass(Record.class));
  }
}
