package io.cta.server.sequence;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Runs the actions of one key one after the other. Event loop of its verticle only. */
public final class KeyedActionQueue {
  private final Map<String, Future<?>> last = new HashMap<>();

  /** Runs the action when all earlier ones of the key have ended, whether they failed or not. */
  public <T> Future<T> enqueue(String key, Supplier<Future<T>> action) {
    Future<?> before = last.get(key);
    Future<T> current = before == null ? action.get() : before.transform(done -> action.get());
    last.put(key, current);
    current.onComplete(done -> last.remove(key, current));
    return current;
  }
}
