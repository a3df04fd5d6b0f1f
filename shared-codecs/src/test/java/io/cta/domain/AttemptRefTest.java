package io.cta.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.cta.message.TaskCancel;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptRefTest {
  private static final AttemptRef REF = new AttemptRef("e-0", 2, "secret");

  /** Agents' journals have it in this form, and so has each heartbeat. */
  @Test
  void itsJsonIsThatOfEarlierAgents() {
    String json = "{\"taskId\":\"e-0\",\"attempt\":2,\"token\":\"secret\"}";
    assertEquals(json, JsonMapping.toObject(REF).encode());
    assertEquals(REF, JsonMapping.fromObject(new JsonObject(json), AttemptRef.class));
  }

  @Test
  void messagesAboutAnAttemptKeepItsPartsAtTheTop() {
    TaskCancel cancel = TaskCancel.of(REF, true, false, "why");
    assertEquals(REF, cancel.ref());
    assertEquals(
        "{\"taskId\":\"e-0\",\"attempt\":2,\"token\":\"secret\","
            + "\"stale\":true,\"timeout\":false,\"reason\":\"why\"}",
        JsonMapping.toObject(cancel).encode());
  }

  @Test
  void itsNameHasNoToken() {
    assertEquals("e-0.2", REF.fileName());
    assertEquals("e-0.2", REF.toString());
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource({
    "'',       1, t,  taskId",
    ",         1, t,  taskId",
    "../e,     1, t,  taskId",
    ".e,       1, t,  taskId",
    "e/0,      1, t,  taskId",
    "e-0,      0, t,  attempt",
    "e-0,     -1, t,  attempt",
    "e-0,      1, '', token",
    "e-0,      1, ,   token",
  })
  void aPartThatIsMissingOrUnsafeIsNamed(String taskId, int attempt, String token, String field) {
    AttemptRef ref = new AttemptRef(taskId, attempt, token);
    ServiceFailure failure = assertThrows(ServiceFailure.class, ref::fileName);
    assertTrue(failure.getMessage().contains(field), failure.getMessage());
  }

  @Test
  void releasesOfOneAttemptDifferInTheTokenOnly() {
    assertTrue(REF.sameAttempt(new AttemptRef("e-0", 2, "other")));
    assertFalse(REF.sameAttempt(new AttemptRef("e-0", 3, "secret")));
    assertFalse(REF.sameAttempt(new AttemptRef("e-1", 2, "secret")));
  }
}
