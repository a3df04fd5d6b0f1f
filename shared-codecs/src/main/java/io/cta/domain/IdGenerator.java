package io.cta.domain;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
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
   * The id that follows from its cause, so that whoever repeats the work after a crash comes to the
   * same: the time of the cause, and in place of chance a hash of what is special to it.
   *
   * @param seed different for each thing that the cause brings about
   */
  public static String derived(Instant cause, String seed) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
      return new Ulid(Math.max(0, cause.toEpochMilli()), Arrays.copyOf(hash, Ulid.RANDOM_BYTES))
          .toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
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
