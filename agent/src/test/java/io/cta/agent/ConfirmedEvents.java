package io.cta.agent;

import io.cta.broker.ConditionPoller;
import io.cta.domain.Result;
import io.cta.message.LogWritten;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.StatusBatch;
import io.cta.message.StatusReport;
import io.cta.message.TaskEnded;
import io.cta.message.TaskEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The messages of an agent that the server has confirmed. */
final class ConfirmedEvents {
  private final List<MessageEnvelope> all = new CopyOnWriteArrayList<>();
  private final AtomicInteger ends = new AtomicInteger();
  private volatile IntConsumer onEnd = n -> {};

  void add(MessageEnvelope envelope) {
    all.add(envelope);
    if (envelope.type().equals(MessageTypes.TASK_ENDED)) {
      onEnd.accept(ends.getAndIncrement());
    }
  }

  /** Sets what is called at each end, with the number of ends before it. */
  void onEnd(IntConsumer then) {
    onEnd = then;
  }

  List<MessageEnvelope> of(String type) {
    return all.stream().filter(e -> e.type().equals(type)).toList();
  }

  /** The types of the messages of a task, in order, without its output. */
  List<String> typesOf(String taskId) {
    return all.stream()
        .filter(e -> taskId.equals(e.payload().tree().getString("taskId")))
        .map(MessageEnvelope::type)
        .filter(type -> !type.equals(MessageTypes.LOG_WRITTEN))
        .toList();
  }

  boolean has(String type, String taskId) {
    return typesOf(taskId).contains(type);
  }

  void await(String type, String taskId) {
    ConditionPoller.holds(type + " of " + taskId, () -> has(type, taskId));
  }

  /** Waits for the end of a task. */
  TaskEnded ended(String taskId) {
    return ConditionPoller.present("the end of " + taskId, () -> endOf(taskId, 0));
  }

  TaskEnded ended(String taskId, int attempt) {
    return ConditionPoller.present("the end of " + taskId, () -> endOf(taskId, attempt));
  }

  private TaskEnded endOf(String taskId, int attempt) {
    return of(MessageTypes.TASK_ENDED).stream()
        .map(e -> e.payloadAs(TaskEnded.class))
        .filter(e -> e.taskId().equals(taskId) && (attempt == 0 || e.attempt() == attempt))
        .findFirst()
        .orElse(null);
  }

  /** The statuses of a task, each index once, in order. */
  List<StatusReport> statuses(String taskId) {
    Map<String, StatusReport> out = new TreeMap<>();
    for (MessageEnvelope envelope : of(MessageTypes.STATUSES_REPORTED)) {
      StatusBatch batch = envelope.payloadAs(StatusBatch.class);
      if (batch.taskId().equals(taskId)) {
        batch.statuses().forEach(s -> out.put(batch.attempt() + "." + pad(s.index()), s));
      }
    }
    return List.copyOf(out.values());
  }

  /** The shell that the start of a task names. */
  String shell(String taskId) {
    return of(MessageTypes.TASK_STARTED).stream()
        .map(e -> e.payloadAs(TaskEvent.class))
        .filter(e -> e.taskId().equals(taskId))
        .map(TaskEvent::shell)
        .findFirst()
        .orElse(null);
  }

  /** The one status of a task that has only one. */
  StatusReport only(String taskId) {
    List<StatusReport> statuses = statuses(taskId);
    if (statuses.size() != 1) {
      throw new AssertionError(statuses.toString());
    }
    return statuses.get(0);
  }

  List<Result> results(String taskId) {
    return statuses(taskId).stream().map(StatusReport::result).toList();
  }

  List<LogWritten> chunks(String taskId) {
    return of(MessageTypes.LOG_WRITTEN).stream()
        .map(e -> e.payloadAs(LogWritten.class))
        .filter(c -> c.taskId().equals(taskId))
        .collect(
            () -> new TreeMap<Integer, LogWritten>(Comparator.naturalOrder()),
            (map, c) -> map.put(c.seq(), c),
            Map::putAll)
        .values()
        .stream()
        .toList();
  }

  /** The output as the server has it, without gaps. */
  byte[] output(String taskId) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (LogWritten chunk : chunks(taskId)) {
      if (!chunk.gap()) {
        out.writeBytes(content(chunk));
      }
    }
    return out.toByteArray();
  }

  String text(String taskId) {
    return new String(output(taskId), StandardCharsets.UTF_8);
  }

  Stream<MessageEnvelope> stream() {
    return all.stream();
  }

  private static byte[] content(LogWritten chunk) {
    byte[] compressed = Base64.getDecoder().decode(chunk.data());
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String pad(int index) {
    return String.format("%09d", index);
  }
}
