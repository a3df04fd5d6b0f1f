package io.cta.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidFactory;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class IdGeneratorTest {
  @Test
  void idsIncreaseThoughTheClockIsSetBack() {
    AtomicLong clock = new AtomicLong(1_767_323_045_000L);
    UlidFactory ids = IdGenerator.increasing(clock::get);
    String last = "";
    for (long step : new long[] {0, 0, 1, -1, -7_200_000, 5, -60_000, 7_300_000, -31_000, 0}) {
      clock.addAndGet(step);
      String next = ids.create().toString();
      assertTrue(last.compareTo(next) < 0, last + " before " + next + " after " + step);
      last = next;
    }
  }

  @Test
  void whatFollowsFromTheSameCauseHasTheSameId() {
    Instant cause = Instant.parse("2026-11-29T10:00:00.123Z");
    String id = IdGenerator.derived(cause, "a");
    assertEquals(id, IdGenerator.derived(cause, "a"));
    assertNotEquals(id, IdGenerator.derived(cause, "b"));
    assertTrue(id.matches("[0-9A-HJKMNP-TV-Z]{26}"), id);
    assertEquals(cause, Ulid.from(id).getInstant());
    assertTrue(id.compareTo(IdGenerator.derived(cause.plusMillis(1), "a")) < 0);
  }
}
