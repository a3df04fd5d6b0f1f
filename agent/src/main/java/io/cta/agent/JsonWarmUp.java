package io.cta.agent;

import io.cta.domain.RunMode;
import io.cta.domain.Stage;
import io.cta.domain.StageBuilder;
import io.cta.domain.StageScript;
import io.cta.domain.Test;
import io.cta.domain.TestBuilder;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.TaskRun;
import io.cta.message.TaskRunBuilder;
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
    Stage stage = StageBuilder.builder().run(StageScript.of("true")).build();
    Test test =
        TestBuilder.builder()
            .id("t")
            .name("t")
            .enabled(true)
            .stages(List.of(stage))
            .env(Map.of())
            .artifacts(List.of())
            .build();
    TaskRun task =
        TaskRunBuilder.builder()
            .executionId("e")
            .taskId("t")
            .attempt(1)
            .token("x")
            .mode(RunMode.MONO)
            .suite("s")
            .inputs(List.of())
            .outputs(List.of())
            .tests(List.of(test))
            .parameters(Map.of())
            .running(Duration.ofSeconds(1))
            .build();
    MessageEnvelope sent = MessageEnvelope.of(MessageTypes.TASK_RUN, "warm-up", task);
    MessageEnvelope.decode(sent.encode()).payloadAs(TaskRun.class);
    new JsonObject(new JsonObject().put("a", List.of()).toBuffer());
  }
}
