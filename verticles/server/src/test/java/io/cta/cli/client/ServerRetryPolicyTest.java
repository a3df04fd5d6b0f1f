package io.cta.cli.client;

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
class ServerRetryPolicyTest {
  private static final ServerUnreachable MISSED = new ServerUnreachable("http://there", "HTTP 502");

  private final PassingClock clock = new PassingClock();
  private final List<String> told = new ArrayList<>();
  private final ServerRetryPolicy retryPolicy =
      new ServerRetryPolicy(
          clock,
          new ServerRetryPolicy.Listener() {
            @Override
            public void lost(String reason) {
              told.add(reason);
            }

            @Override
            public void back() {
              told.add("back");
            }
          });

  private RuntimeException askedUntilOver() {
    return assertThrows(
        RuntimeException.class,
        () -> {
          while (true) {
            clock.rest(retryPolicy.unanswered(MISSED));
          }
        });
  }

  @Test
  void aServerThatNeverAnsweredIsGivenUpAfterHalfAMinuteAsUnreachable() {
    assertSame(MISSED, askedUntilOver());
    assertEquals(Duration.ofMillis(30_500), clock.passed());
  }

  @Test
  void aServerThatAnsweredBeforeIsGivenUpAfterFiveMinutesAsStillRunning() {
    retryPolicy.answered();
    CliFailure over = (CliFailure) askedUntilOver();
    assertEquals(ExitCode.STILL_RUNNING, over.exitCode());
    assertEquals(Duration.ofMillis(300_500), clock.passed());
  }

  @Test
  void eachAnswerResetsTheLimitAndEachOutageIsReportedOnce() {
    retryPolicy.answered();
    for (int restart = 0; restart < 3; restart++) {
      for (int i = 0; i < 10; i++) {
        retryPolicy.unanswered(MISSED);
        clock.rest(Duration.ofSeconds(20));
      }
      retryPolicy.answered();
    }
    String lost = "no answer from http://there: HTTP 502";
    assertEquals(List.of(lost, "back", lost, "back", lost, "back"), told);
  }

  @ParameterizedTest
  @CsvSource({"0,500", "1,1000", "20,20000", "3600,30000"})
  void theWaitThatAnAnswerAsksForIsKeptUpToALimit(int seconds, int restMillis) {
    ServerUnreachable asked = new ServerUnreachable("s", "HTTP 429", Duration.ofSeconds(seconds));
    assertEquals(Duration.ofMillis(restMillis), retryPolicy.unanswered(asked));
  }
}
