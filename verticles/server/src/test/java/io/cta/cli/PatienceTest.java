package io.cta.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class PatienceTest {
  private static final Unreachable MISSED = new Unreachable("http://there", "HTTP 502");

  private final PassingClock clock = new PassingClock();
  private final List<String> heard = new ArrayList<>();
  private final Patience patience =
      new Patience(
          clock,
          new Patience.Listener() {
            @Override
            public void lost(String reason) {
              heard.add(reason);
            }

            @Override
            public void back() {
              heard.add("back");
            }
          });

  private RuntimeException askedUntilOver() {
    return assertThrows(
        RuntimeException.class,
        () -> {
          while (true) {
            clock.rest(patience.unanswered(MISSED));
          }
        });
  }

  @Test
  void aServerThatNeverAnsweredIsGivenHalfAMinuteAndWasNotReached() {
    assertSame(MISSED, askedUntilOver());
    assertEquals(Duration.ofMillis(30_500), clock.passed());
  }

  @Test
  void aServerThatAnsweredBeforeIsGivenFiveMinutesAndTheWaitIsOver() {
    patience.answered();
    CliFailure over = (CliFailure) askedUntilOver();
    assertEquals(ExitCode.STILL_RUNNING, over.exitCode());
    assertEquals(Duration.ofMillis(300_500), clock.passed());
  }

  @Test
  void eachAnswerBeginsThePatienceAnewAndEachLossIsSaidOnce() {
    patience.answered();
    for (int restart = 0; restart < 3; restart++) {
      for (int i = 0; i < 10; i++) {
        patience.unanswered(MISSED);
        clock.rest(Duration.ofSeconds(20));
      }
      patience.answered();
    }
    String lost = "no answer from http://there: HTTP 502";
    assertEquals(List.of(lost, "back", lost, "back", lost, "back"), heard);
  }

  @ParameterizedTest
  @CsvSource({"0,500", "1,1000", "20,20000", "3600,30000"})
  void whoWantsToBeLeftAloneForAWhileIsButNotForLong(int seconds, int restMillis) {
    Unreachable asked = new Unreachable("s", "HTTP 429", Duration.ofSeconds(seconds));
    assertEquals(Duration.ofMillis(restMillis), patience.unanswered(asked));
  }
}
