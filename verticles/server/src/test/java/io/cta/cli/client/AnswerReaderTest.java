package io.cta.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.server.view.ViewEncoder;
import io.cta.server.view.executions.ExecutionView;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers of this server and of a later one. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class AnswerReaderTest {
  @ParameterizedTest
  @EnumSource(State.class)
  void theServerSaysOfEveryStateWhetherItIsTheEnd(State state) {
    Execution execution = ExecutionBuilder.builder().id("E").state(state).build();
    JsonObject shown = ViewEncoder.tree(ExecutionView.withoutSnapshot(execution));
    assertEquals(state.terminal(), shown.getBoolean("terminal"));
    assertEquals(state, AnswerReader.execution(shown).state());
  }

  @Test
  void anEndThatIsNotKnownIsInconclusiveWhateverItsResult() {
    for (String result : new String[] {"ok", "failed", "splendid"}) {
      Execution read = AnswerReader.execution(answer("superseded", result, true));
      assertTrue(read.state().terminal());
      assertEquals(Result.INCONCLUSIVE, read.result());
      assertEquals(2, ExitCode.of(read));
      assertEquals("unknown state superseded", read.reason());
    }
  }

  @Test
  void aStateThatIsNotKnownGoesOnUntilTheServerSaysThatItIsTheEnd() {
    assertFalse(AnswerReader.execution(answer("paused", null, false)).state().terminal());
    assertEquals(State.RUNNING, AnswerReader.task(answer("paused", null, null)).state());
  }

  @Test
  void aResultThatIsNotKnownIsInconclusive() {
    Execution read = AnswerReader.execution(answer("finished", "splendid", true));
    assertEquals(2, ExitCode.of(read));
    assertEquals("unknown result splendid", read.reason());
  }

  @Test
  void namesFurtherInsideDoNotHarmTheRest() {
    JsonObject task =
        answer("finished", "failed", true)
            .put("mode", "backwards")
            .put("notOk", new JsonObject().put("t", "splendid"));
    assertEquals(Map.of("t", Result.INCONCLUSIVE), AnswerReader.task(task).notOk());
    JsonObject status = new JsonObject().put("result", "splendid").put("source", "dream");
    assertEquals(Result.INCONCLUSIVE, AnswerReader.status(status).result());
    assertNull(AnswerReader.status(status).source());
  }

  private static JsonObject answer(String state, String result, Boolean terminal) {
    JsonObject answer = new JsonObject().put("id", "E").put("state", state);
    if (result != null) {
      answer.put("result", result);
    }
    return terminal == null ? answer : answer.put("terminal", terminal);
  }
}
