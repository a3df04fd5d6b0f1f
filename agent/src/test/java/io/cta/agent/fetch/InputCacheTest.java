package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which fetched inputs are kept. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class InputCacheTest {
  @TempDir Path dir;
  private final AtomicLong now = new AtomicLong(1_700_000_000_000L);

  @Test
  void theLongestUnusedGoFirstAndAfterEachFetch() throws Exception {
    InputCache cache = cache(10, 250);
    Path a = put(cache, "a", 100);
    Path b = put(cache, "b", 100);
    put(cache, "a", 100);
    Path c = put(cache, "c", 100);
    assertTrue(Files.exists(a));
    assertFalse(Files.exists(b));
    assertTrue(Files.exists(c));
  }

  @Test
  void whatIsThereAtTheStartCountsToo() throws Exception {
    InputCache first = cache(10, 1000);
    Path a = put(first, "a", 100);
    Path b = put(first, "b", 100);
    cache(10, 150);
    assertFalse(Files.exists(a));
    assertTrue(Files.exists(b));
    cache(0, 1000);
    assertFalse(Files.exists(b));
  }

  @Test
  void oneThatIsInUseStays() throws Exception {
    InputCache cache = cache(10, 50);
    Path used =
        cache.use(
            "a",
            at -> {
              Files.write(at.resolve("f"), new byte[100]);
              other(cache);
              assertTrue(Files.exists(at.resolve("f")));
              return at;
            });
    assertFalse(Files.exists(used), "too large to be kept");
  }

  @Test
  void whatAFailureLeavesIsCounted() throws Exception {
    InputCache cache = cache(1, 1000);
    try {
      cache.use(
          "a",
          at -> {
            Files.write(at.resolve("f"), new byte[10]);
            throw new FetchFailed("no");
          });
    } catch (FetchFailed expected) {
      now.addAndGet(1000);
    }
    put(cache, "b", 10);
    try (var left = Files.list(dir)) {
      assertEquals(1, left.count());
    }
  }

  @Test
  void attemptsWithTheSameKeyWaitForEachOther() throws Exception {
    InputCache cache = cache(10, 1000);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    ExecutorService attempts = Executors.newFixedThreadPool(4);
    try {
      Callable<Void> attempt =
          () -> {
            for (int i = 0; i < 100; i++) {
              cache.use(
                  "a",
                  at -> {
                    overlaps.addAndGet(inside.incrementAndGet() > 1 ? 1 : 0);
                    Thread.yield();
                    return inside.decrementAndGet();
                  });
            }
            return null;
          };
      for (Future<Void> one : attempts.invokeAll(Collections.nCopies(4, attempt))) {
        one.get();
      }
    } finally {
      attempts.shutdownNow();
    }
    assertEquals(0, overlaps.get());
  }

  /** Another thread fetches meanwhile. */
  private void other(InputCache cache) throws InterruptedException {
    Thread thread =
        new Thread(
            () -> {
              try {
                put(cache, "b", 100);
              } catch (FetchFailed | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    thread.join();
  }

  private Path put(InputCache cache, String key, int bytes)
      throws FetchFailed, InterruptedException {
    now.addAndGet(1000);
    return cache.use(
        key,
        at -> {
          Files.write(at.resolve("f"), new byte[bytes]);
          return at;
        });
  }

  private InputCache cache(int keep, long bytes) throws IOException {
    return new InputCache(
        dir,
        keep,
        bytes,
        new Clock() {
          @Override
          public Instant instant() {
            return Instant.ofEpochMilli(now.get());
          }

          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }
        });
  }
}
