package io.cta.cli.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.cli.client.CliFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InterruptHandlerTest {
  private final List<String> cancelled = new CopyOnWriteArrayList<>();
  private final List<String> printed = new CopyOnWriteArrayList<>();

  private InterruptHandler handler(boolean cancels, Duration patience) {
    return new InterruptHandler(cancels, patience, cancelled::add, printed::add);
  }

  @Test
  void anInterruptBeforeAnythingIsSentPreventsTheStart() {
    InterruptHandler interrupts = handler(true, Duration.ofMinutes(1));
    interrupts.run();
    assertThrows(CliFailure.class, interrupts::sending);
    assertEquals(List.of(), cancelled);
  }

  @Test
  void anInterruptDuringTheStartWaitsForTheIdAndCancels() throws InterruptedException {
    InterruptHandler interrupts = handler(true, Duration.ofMinutes(1));
    interrupts.sending();
    Thread interrupt = new Thread(interrupts);
    interrupt.start();
    interrupts.started("E1");
    interrupt.join();
    assertEquals(List.of("E1"), cancelled);
  }

  @Test
  void anInterruptDuringARefusedStartCancelsNothing() throws InterruptedException {
    InterruptHandler interrupts = handler(true, Duration.ofMinutes(1));
    interrupts.sending();
    Thread interrupt = new Thread(interrupts);
    interrupt.start();
    interrupts.close();
    interrupt.join();
    assertEquals(List.of(), cancelled);
    assertEquals(List.of(), printed);
  }

  @Test
  void anInterruptThatGetsNoAnswerToTheStartSaysThatItDoesNotKnow() {
    InterruptHandler interrupts = handler(true, Duration.ZERO);
    interrupts.sending();
    interrupts.run();
    assertEquals(List.of(), cancelled);
    assertEquals(
        List.of("it is not known whether it was started; look with: cta executions"), printed);
  }

  @Test
  void withoutTheOptionTheExecutionGoesOnAndThisIsPrinted() {
    InterruptHandler interrupts = handler(false, Duration.ofMinutes(1));
    interrupts.sending();
    interrupts.started("E1");
    interrupts.run();
    assertEquals(List.of(), cancelled);
    assertEquals(List.of("execution E1 goes on; cancel it with: cta cancel E1"), printed);
  }

  @Test
  void theEndOfAProcessWhoseWaitIsOverCancelsNothing() {
    InterruptHandler interrupts = handler(true, Duration.ofMinutes(1)).listening();
    interrupts.sending();
    interrupts.started("E1");
    interrupts.close();
    interrupts.run();
    assertEquals(List.of(), cancelled);
  }
}
