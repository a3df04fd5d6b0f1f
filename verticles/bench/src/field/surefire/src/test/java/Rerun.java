import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class Rerun {
  private static final AtomicInteger RUNS = new AtomicInteger();

  @Test
  void stable() {}

  @Test
  void flaky() {
    assertTrue(RUNS.incrementAndGet() > 1);
  }
}
