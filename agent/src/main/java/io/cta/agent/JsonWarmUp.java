package io.cta.agent;

import io.cta.domain.RunMode;
import io.cta.domain.Stage;
import io.cta.domain.Test;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.TaskRun;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Encodes and decodes one command at start, because loading the classes for it would otherwise hold
 * up an event loop and the first task.
 */
final class JsonWarmUp {
  private JsonWarmUp() {}

  static void run() {
    Stage stage = new Stage(null, "true", null, null, null, null, null, null, null);
    Test test =
        new Test("t", "t", null, true, List.of(stage), Map.of(), null, null, List.of(), false);
    TaskRun task =
        new TaskRun(
            "e",
            "t",
            1,
            "x",
            RunMode.MONO,
            "s",
            List.of(),
            List.of(),
            List.of(test),
            Map.of(),
            Duration.ofSeconds(1));
    MessageEnvelope sent = MessageEnvelope.of(MessageTypes.TASK_RUN, "warm-up", task);
    MessageEnvelope.decode(sent.encode()).payloadAs(TaskRun.class);
    new JsonObject(new JsonObject().put("a", List.of()).toBuffer());
  }
}
