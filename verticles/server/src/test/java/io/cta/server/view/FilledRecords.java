package io.cta.server.view;

import io.cta.domain.ShellKind;
import io.cta.domain.StageScript;
import io.cta.domain.SuiteEntry;
import io.cta.domain.SuiteParameter;
import io.cta.domain.Test;
import io.cta.domain.TimeLimit;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Builds records whose components have different values, so that a mix-up of two is noticed: for
 * any two of one type there is a seed below {@link #SEEDS} for which their values differ.
 */
public final class FilledRecords {
  public static final int SEEDS = 6;

  private final int seed;

  public FilledRecords(int seed) {
    this.seed = seed;
  }

  public <T> T of(Class<T> type) {
    if (type == SuiteEntry.class) {
      return type.cast(
          switch (seed % 3) {
            case 0 -> new SuiteEntry("a test", null, null);
            case 1 -> new SuiteEntry(null, "a suite", null);
            default -> new SuiteEntry(null, null, of(Test.class));
          });
    }
    if (type == StageScript.class) {
      return type.cast(
          many() ? new StageScript(null, List.of("make", "test")) : StageScript.of("make test"));
    }
    if (type == TimeLimit.class) {
      return type.cast(
          many() ? new TimeLimit(null, "${LIMIT}") : TimeLimit.of(Duration.ofMinutes(1 + seed)));
    }
    if (type == SuiteParameter.class) {
      return type.cast(new SuiteParameter("a", many() ? List.of("a", "b") : null, "of a suite"));
    }
    try {
      RecordComponent[] parts = type.getRecordComponents();
      Class<?>[] types = new Class<?>[parts.length];
      Object[] values = new Object[parts.length];
      for (int i = 0; i < parts.length; i++) {
        types[i] = parts[i].getType();
        values[i] = value(parts[i].getGenericType(), parts[i].getName(), i);
      }
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(type.getName(), e);
    }
  }

  private Object value(Type type, String name, int index) {
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      Object value = value(last, name, index);
      boolean list = generic.getRawType() == List.class;
      return list ? many() ? List.of(value, value) : List.of(value) : Map.of(name, value);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == String.class || plain == Object.class) {
      return name + index;
    } else if (plain == int.class || plain == Integer.class) {
      return index;
    } else if (plain == long.class || plain == Long.class) {
      return (1L << 40) + index;
    } else if (plain == boolean.class || plain == Boolean.class) {
      return (index >> seed & 1) == 1;
    } else if (plain == Instant.class) {
      return Instant.ofEpochSecond(1_790_000_000L + index, 5_000_000);
    } else if (plain == Duration.class) {
      return Duration.ofSeconds(1 + index);
    } else if (plain == JsonObject.class) {
      return new JsonObject().put(name, index);
    } else if (plain == ShellKind.class) {
      return many() ? ShellKind.NONE : ShellKind.BASH;
    } else if (plain.isEnum()) {
      return plain.getEnumConstants()[index / (seed + 1) % plain.getEnumConstants().length];
    }
    return of(plain);
  }

  private boolean many() {
    return seed % 2 == 1;
  }
}
