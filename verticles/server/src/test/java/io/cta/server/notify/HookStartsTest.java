package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.HookBuilder;
import io.cta.domain.HookEvent;
import io.cta.domain.HookEvent.HookStart;
import io.cta.domain.HookType;
import io.cta.domain.ScenarioReport;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.executions.ScenarioStartRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stored calls of hooks want is started, once and in the end. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class HookStartsTest {
  private final NotifyFixture fixture = new NotifyFixture();

  @BeforeEach
  void define() {
    fixture
        .stores
        .hooks
        .insert("H", HookBuilder.builder().id("H").name("app").type(HookType.GITLAB).build())
        .await();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void aServerThatStartsLaterStartsWhatWasTaken() {
    stored();
    fixture.deploy();
    HookEvent done = over();
    assertNull(done.starts().get(0).problem());
    ScenarioStartRequest request = fixture.started.get(0);
    assertEquals("E1", request.executionId());
    assertEquals("nightly", request.scenario());
    assertEquals("hook app", request.requestedBy());
    assertEquals(Map.of("BRANCH", "$(touch x)"), request.parameters());
    assertEquals("lab", request.report().forge());
    assertEquals(1, fixture.started.size());
  }

  @Test
  void whatCanNeverBeStartedIsToldOnTheHook() {
    fixture.starter =
        request -> Future.failedFuture(ServiceFailure.invalid("ref", "is for no git input"));
    stored();
    fixture.deploy();
    assertTrue(over().starts().get(0).problem().contains("no git input"));
    String told =
        NotifyFixture.until(
            () -> fixture.stores.hooks.get("H").await().value().lastOutcome(),
            text -> text != null);
    assertTrue(told.contains("not started: nightly"), told);
  }

  @Test
  void whatIsInTheWayForAWhileIsTriedAgain() {
    fixture.starter =
        request ->
            fixture.started.size() < 3
                ? Future.failedFuture(new ServiceFailure(ErrorCode.NO_SPACE, "full"))
                : Future.succeededFuture(request.executionId());
    stored();
    fixture.deploy();
    assertNull(over().starts().get(0).problem());
    assertEquals(3, fixture.started.size());
  }

  private void stored() {
    HookStart start =
        new HookStart(
            "E1",
            "nightly",
            Map.of("BRANCH", "$(touch x)"),
            null,
            null,
            new ScenarioReport("lab", "g/a"),
            null,
            null);
    HookEvent event =
        new HookEvent(
            "V",
            "H",
            "app",
            null,
            fixture.clock.instant(),
            fixture.clock.instant(),
            List.of(start));
    fixture.stores.hookEvents.insert("V", event).await();
  }

  private HookEvent over() {
    return NotifyFixture.until(
        () -> fixture.stores.hookEvents.get("V").await().value(), event -> event.due() == null);
  }
}
