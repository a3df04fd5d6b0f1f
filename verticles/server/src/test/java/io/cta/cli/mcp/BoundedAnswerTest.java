package io.cta.cli.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A list of any length comes in answers that clients take, and nothing of it is left out. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class BoundedAnswerTest {
  private static final int TOTAL = 10_000;

  @Test
  void tenThousandFailuresComeInOrderInAnswersOfTheSizeThatIsAllowed() {
    int from = 0;
    int calls = 0;
    JsonObject answer;
    do {
      answer = from(from);
      calls++;
      assertTrue(answer.encode().length() <= BoundedAnswer.MAX_CHARS, "answer " + calls);
      assertEquals(TOTAL, answer.getInteger("total"));
      assertEquals(
          from, answer.getJsonArray("failures").getJsonObject(0).getInteger("n"), "begins");
      from += answer.getInteger("shown");
    } while (answer.containsKey("next"));
    assertEquals(TOTAL, from);
    assertTrue(calls < 100, calls + " calls");
  }

  @Test
  void whatHasRoomNamesNoOtherCall() {
    BoundedAnswer one = new BoundedAnswer(0);
    assertTrue(one.add(item(0)));
    JsonObject answer = one.into(new JsonObject(), "failures", 1, false);
    assertNull(answer.getInteger("next"));
    assertEquals(1, answer.getInteger("shown"));
  }

  @Test
  void theFirstAlwaysHasRoomSoThatEachCallGoesOn() {
    BoundedAnswer answer = new BoundedAnswer(7);
    JsonObject large = new JsonObject().put("text", "x".repeat(BoundedAnswer.MAX_CHARS));
    assertTrue(answer.add(large));
    assertFalse(answer.add(item(8)));
    assertEquals(8, answer.into(new JsonObject(), "failures", TOTAL, false).getInteger("next"));
  }

  private static JsonObject from(int begin) {
    BoundedAnswer answer = new BoundedAnswer(begin);
    for (int n = begin; n < TOTAL && answer.add(item(n)); n++) {
      // as many as have room
    }
    return answer.into(new JsonObject(), "failures", TOTAL, false);
  }

  private static JsonObject item(int n) {
    return new JsonObject().put("n", n).put("message", "expected 1 but was " + n);
  }
}
