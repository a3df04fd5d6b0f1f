package io.cta.bench.history;

import static io.cta.bench.history.Story.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {
  private static final Duration TEN = Duration.ofSeconds(10);

  @Test
  void withoutOutagesTimePasses() {
    assertEquals(at(15), Outage.after(List.of(), at(5), TEN));
  }

  @Test
  void timeStandsStillWhileAPartIsOut() {
    assertEquals(at(17), Outage.after(List.of(outage(6, 8)), at(5), TEN));
    assertEquals(at(18), Outage.after(List.of(outage(0, 8)), at(5), TEN));
  }

  @Test
  void outagesThatOverlapCountOnceInWhateverOrder() {
    assertEquals(at(19), Outage.after(List.of(outage(7, 10), outage(6, 8)), at(5), TEN));
    assertEquals(at(20), Outage.after(List.of(outage(6, 11), outage(7, 8)), at(5), TEN));
  }

  @Test
  void whatComesTooLateOrWasBeforeDoesNotCount() {
    assertEquals(at(15), Outage.after(List.of(outage(0, 5), outage(15, 99)), at(5), TEN));
  }

  private static Outage outage(int from, int to) {
    return new Outage("x", at(from), at(to));
  }
}
