package io.cta.bench.history;

import static io.cta.bench.history.HistoryBuilder.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutagePeriodTest {
  private static final Duration TEN = Duration.ofSeconds(10);

  @Test
  void withoutOutagesTimePasses() {
    assertEquals(at(15), OutagePeriod.after(List.of(), at(5), TEN));
  }

  @Test
  void timeStandsStillWhileAPartIsOut() {
    assertEquals(at(17), OutagePeriod.after(List.of(outage(6, 8)), at(5), TEN));
    assertEquals(at(18), OutagePeriod.after(List.of(outage(0, 8)), at(5), TEN));
  }

  @Test
  void outagesThatOverlapCountOnceInWhateverOrder() {
    assertEquals(at(19), OutagePeriod.after(List.of(outage(7, 10), outage(6, 8)), at(5), TEN));
    assertEquals(at(20), OutagePeriod.after(List.of(outage(6, 11), outage(7, 8)), at(5), TEN));
  }

  @Test
  void whatComesTooLateOrWasBeforeDoesNotCount() {
    assertEquals(at(15), OutagePeriod.after(List.of(outage(0, 5), outage(15, 99)), at(5), TEN));
  }

  private static OutagePeriod outage(int from, int to) {
    return new OutagePeriod("x", at(from), at(to));
  }
}
