package io.cta.server.live;

import io.cta.bus.ExecutionChanged;
import io.cta.bus.MachineChanged;
import io.cta.domain.Execution;
import io.cta.domain.LogChunk;
import io.cta.domain.LogChunkBuilder;
import io.cta.domain.Machine;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** Domain records for the feed's tests. */
final class SampleRecords {
  private SampleRecords() {}

  static ExecutionChanged execution(String id, State state, long version) {
    JsonObject json =
        new JsonObject().put("id", id).put("scenarioName", "nightly").put("state", state.wire());
    return new ExecutionChanged(JsonMapping.fromObject(json, Execution.class), version);
  }

  static MachineChanged machine(String id, double load) {
    JsonObject json = new JsonObject().put("id", id).put("name", "box-" + id);
    return new MachineChanged(JsonMapping.fromObject(json, Machine.class), 0, load, 1_000, false);
  }

  static MachineChanged deleted(String id) {
    JsonObject json =
        new JsonObject()
            .put("id", id)
            .put("name", "box-" + id)
            .put("health", "retired")
            .put("healthNote", MachineChanged.DELETED);
    return new MachineChanged(JsonMapping.fromObject(json, Machine.class), 1, -1, -1, false);
  }

  static Task task(String id, String machineId, State state) {
    JsonObject json =
        new JsonObject()
            .put("id", id)
            .put("executionId", id.substring(0, id.lastIndexOf('-')))
            .put("machineId", machineId)
            .put("state", state.wire())
            .put("token", "secret");
    return JsonMapping.fromObject(json, Task.class);
  }

  static Status status(String taskId, int index, String message) {
    JsonObject json =
        new JsonObject()
            .put("id", Status.id(taskId, 1, index))
            .put("taskId", taskId)
            .put("result", Result.OK.wire())
            .put("index", index)
            .put("message", message);
    return JsonMapping.fromObject(json, Status.class);
  }

  static LogChunk chunk(String taskId, int seq, long offset, byte[] bytes) {
    return LogChunkBuilder.builder()
        .id(LogChunk.id(taskId, 1, seq))
        .executionId("E")
        .taskId(taskId)
        .attempt(1)
        .testId("t")
        .seq(seq)
        .offset(offset)
        .size(bytes.length)
        .data(Base64.getEncoder().encodeToString(zip(bytes)))
        .at(Instant.EPOCH)
        .build();
  }

  static LogChunk gap(String taskId, int seq, long offset, int size) {
    return LogChunkBuilder.builder()
        .id(LogChunk.id(taskId, 1, seq))
        .executionId("E")
        .taskId(taskId)
        .attempt(1)
        .testId("t")
        .seq(seq)
        .offset(offset)
        .size(size)
        .gap(true)
        .at(Instant.EPOCH)
        .build();
  }

  private static byte[] zip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
