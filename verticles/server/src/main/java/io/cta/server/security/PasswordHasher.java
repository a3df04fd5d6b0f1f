package io.cta.server.security;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hashes and verifies passwords with Argon2id on two threads of its own: each hash takes 19 MiB and
 * tens of milliseconds by design. Refuses more than {@value #MAX_WAITING} at the same time.
 */
public final class PasswordHasher {
  static final int MIN_CHARS = 10;
  static final int MAX_CHARS = 200;
  static final int MAX_WAITING = 32;
  static final int THREADS = 2;
  static final String POOL = "cta-passwords";
  private static final int SALT_BYTES = 16;
  private static final Argon2Function ARGON2 =
      Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);

  private final WorkerExecutor executor;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile String decoy;

  public PasswordHasher(Vertx vertx) {
    executor = vertx.createSharedWorkerExecutor(POOL, THREADS);
  }

  /** The hash to store; fails for a password that is too short or too long. */
  public Future<String> hash(String password) {
    if (password.length() < MIN_CHARS || password.length() > MAX_CHARS) {
      return Future.failedFuture(
          ServiceFailure.invalid(
              "password", "must have " + MIN_CHARS + " to " + MAX_CHARS + " characters"));
    }
    return runBounded(() -> newHash(password));
  }

  /** Whether the password matches; a null hash never does and takes as long. */
  public Future<Boolean> verify(String password, String hash) {
    return runBounded(
        () -> {
          String against = hash == null ? decoy() : hash;
          boolean same =
              Password.check(password, against).with(Argon2Function.getInstanceFromHash(against));
          return same && hash != null;
        });
  }

  private String decoy() {
    if (decoy == null) {
      decoy = newHash(TokenText.secret());
    }
    return decoy;
  }

  private static String newHash(String password) {
    return Password.hash(password).addRandomSalt(SALT_BYTES).with(ARGON2).getResult();
  }

  private <T> Future<T> runBounded(Callable<T> work) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      return Future.failedFuture(
          new ServiceFailure(ErrorCode.TOO_MANY, "too many password checks at once"));
    }
    return executor.executeBlocking(work, false).onComplete(done -> waiting.decrementAndGet());
  }
}
