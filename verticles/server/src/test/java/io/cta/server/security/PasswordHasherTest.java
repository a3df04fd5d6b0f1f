package io.cta.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Passwords are hashed with Argon2id, and only a limited number at a time. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PasswordHasherTest {
  private final Vertx vertx = Vertx.vertx();
  private final PasswordHasher passwords = new PasswordHasher(vertx);

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void aHashIsSaltedArgon2idAndVerifies() {
    String hash = passwords.hash("a long password").await();
    assertTrue(hash.startsWith("$argon2id$"), hash);
    assertNotEquals(hash, passwords.hash("a long password").await());
    assertTrue(passwords.verify("a long password", hash).await());
    assertFalse(passwords.verify("another password", hash).await());
    assertFalse(passwords.verify("a long password", null).await());
  }

  @Test
  void tooManyAtTheSameTimeAreRefused() {
    CountDownLatch busy = new CountDownLatch(1);
    WorkerExecutor same =
        vertx.createSharedWorkerExecutor(PasswordHasher.POOL, PasswordHasher.THREADS);
    for (int i = 0; i < PasswordHasher.THREADS; i++) {
      same.executeBlocking(() -> busy.await(1, TimeUnit.MINUTES), false);
    }
    List<Future<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(passwords.verify("a long password", "$argon2id$broken"));
    }
    busy.countDown();
    Future.join(all).otherwiseEmpty().await();
    long refused =
        all.stream().filter(f -> ServiceFailure.is(f.cause(), ErrorCode.TOO_MANY)).count();
    assertEquals(40 - PasswordHasher.MAX_WAITING, refused);
  }
}
