package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.CommitLineBuilder;
import io.cta.domain.HookEventBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls of hooks are known for seven days, and what forges accepted for thirty. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class RecordCleanupTest {
  private final NotifyFixture fixture = new NotifyFixture();

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void callsAreForgottenAfterSevenDaysAndLinesAfterThirty() {
    Instant begin = fixture.clock.instant();
    fixture
        .stores
        .hookEvents
        .insert("E", HookEventBuilder.builder().id("E").hookId("H").at(begin).build())
        .await();
    fixture
        .stores
        .commitLines
        .insert("L", CommitLineBuilder.builder().id("L").updatedAt(begin).build())
        .await();
    RecordCleanup cleanup = new RecordCleanup(fixture.stores.documents, fixture.clock.time());
    fixture.clock.advance(Duration.ofDays(7));
    cleanup.forgetOld().await();
    assertTrue(fixture.stores.hookEvents.find("E").await().isPresent());
    fixture.clock.advance(Duration.ofSeconds(1));
    cleanup.forgetOld().await();
    assertFalse(fixture.stores.hookEvents.find("E").await().isPresent());
    fixture.clock.advance(Duration.ofDays(23).minusSeconds(1));
    cleanup.forgetOld().await();
    assertTrue(fixture.stores.commitLines.find("L").await().isPresent());
    fixture.clock.advance(Duration.ofSeconds(1));
    cleanup.forgetOld().await();
    assertFalse(fixture.stores.commitLines.find("L").await().isPresent());
  }
}
