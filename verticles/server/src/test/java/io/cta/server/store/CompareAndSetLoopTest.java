package io.cta.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class CompareAndSetLoopTest {
  private static final int MAX_TRIES = 3;

  private final List<Integer> decidedOn = new ArrayList<>();
  private int stored = 100;
  private int reads;
  private int lost;

  private final CompareAndSetLoop<Integer> loop =
      new CompareAndSetLoop<>("counter 1", MAX_TRIES, this::read);

  @ParameterizedTest(name = "{0} writes lost: {1} reads")
  @CsvSource({"0, 0", "1, 1", "2, 2"})
  void aVersionThatTheCallerHasIsReadOnlyWhenItIsOutdated(int losing, int expectedReads) {
    lost = losing;
    assertEquals("done", loop.runFrom(7, this::write).result());
    assertEquals(expectedReads, reads);
    assertEquals(7, decidedOn.get(0));
  }

  @Test
  void eachTryIsDecidedOnWhatIsStoredThen() {
    lost = 2;
    assertEquals("done", loop.run(this::write).result());
    assertEquals(List.of(100, 101, 102), decidedOn);
  }

  @Test
  void itEndsWithAConflictWhenAllTriesLost() {
    lost = Integer.MAX_VALUE;
    Throwable known = loop.runFrom(7, this::write).cause();
    assertTrue(ServiceFailure.is(known, ErrorCode.CONFLICT));
    assertEquals("counter 1 is contended", known.getMessage());
    assertEquals(MAX_TRIES, decidedOn.size());
    assertTrue(ServiceFailure.is(loop.run(this::write).cause(), ErrorCode.CONFLICT));
    assertEquals(2 * MAX_TRIES, decidedOn.size());
  }

  @Test
  void aFailedWriteIsNotTriedAgain() {
    RuntimeException broken = new RuntimeException("disk full");
    Future<Object> failed = loop.run(found -> Future.failedFuture(broken));
    assertSame(broken, failed.cause());
    assertEquals(1, reads);
  }

  private Future<Integer> read() {
    reads++;
    return Future.succeededFuture(stored++);
  }

  private Future<Optional<String>> write(int found) {
    decidedOn.add(found);
    return Future.succeededFuture(lost-- > 0 ? Optional.empty() : Optional.of("done"));
  }
}
