package io.cta.domain;

import com.github.f4b6a3.ulid.UlidFactory;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Generates ids: ULIDs, 26 characters of Crockford base 32, sortable by their time. */
public final class IdGenerator {
  private static final UlidFactory FACTORY = increasing(System::currentTimeMillis);

  private IdGenerator() {}

  /**
   * A new id; ids made by one process are strictly increasing, also when its wall clock is set
   * back. Safe from any thread.
   */
  public static String next() {
    return FACTORY.create().toString();
  }

  /**
   * @param wall epoch milliseconds, of a clock that may be set back
   */
  static UlidFactory increasing(LongSupplier wall) {
    AtomicLong latest = new AtomicLong();
    return UlidFactory.newMonotonicInstance(
        new SecureRandom(), () -> latest.accumulateAndGet(wall.getAsLong(), Math::max));
  }
}
