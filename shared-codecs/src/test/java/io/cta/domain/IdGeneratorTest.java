package io.cta.domain;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.f4b6a3.ulid.UlidFactory;
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
}
