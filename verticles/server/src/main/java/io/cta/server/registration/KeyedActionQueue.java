package io.cta.server.registration;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Does what concerns one machine one after the other. Event loop of its verticle only. */
final class KeyedActionQueue {
  private final Map<String, Future<?>> last = new HashMap<>();

  /** Begins the action when those before it for that key are over, well or badly. */
  <T> Future<T> then(String key, Supplier<Future<T>> action) {
    Future<?> before = last.get(key);
    Future<T> mine = before == null ? action.get() : before.transform(done -> action.get());
    last.put(key, mine);
    mine.onComplete(done -> last.remove(key, mine));
    return mine;
  }
}
