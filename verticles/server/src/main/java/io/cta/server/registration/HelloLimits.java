package io.cta.server.registration;

import io.cta.domain.AttemptRef;
import io.cta.error.ServiceFailure;
import io.cta.message.MachineGone;
import io.cta.message.MachineHeartbeat;
import io.cta.message.MachineHello;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Limits the size of agents' messages, which are kept in memory and shown to people. Pure. */
final class HelloLimits {
  private static final int MAX_TEXT_CHARS = 1_000;
  private static final int MAX_LABELS = 1_000;
  private static final int MAX_FACTS = 500;
  private static final int MAX_VALUES = 100;
  private static final int MAX_SLOTS = 1_000;
  private static final int MAX_TASKS = 10_000;

  private HelloLimits() {}

  /** Throws INVALID with the field's name when a value is too large or missing. */
  static void check(MachineHello hello) {
    text("session", required("session", hello.session()));
    text("name", hello.name());
    text("hostname", hello.hostname());
    text("ip", hello.ip());
    text("agentVersion", hello.agentVersion());
    texts("labels", hello.labels(), MAX_LABELS);
    if (hello.slots() > MAX_SLOTS) {
      throw ServiceFailure.invalid("slots", "must be at most " + MAX_SLOTS);
    }
    facts(hello.facts());
    tasks(hello.tasks());
  }

  static void check(MachineHeartbeat beat) {
    text("session", required("session", beat.session()));
    if (!Double.isFinite(beat.load())) {
      throw ServiceFailure.invalid("load", "must be a number");
    }
    text("trouble", beat.trouble());
    tasks(beat.tasks());
  }

  static void check(MachineGone gone) {
    text("session", required("session", gone.session()));
    text("reason", gone.reason());
  }

  private static void facts(Map<String, List<String>> facts) {
    if (facts == null) {
      return;
    }
    size("facts", facts.size(), MAX_FACTS);
    facts.forEach(
        (key, values) -> {
          text("facts", key);
          texts("facts." + key, values, MAX_VALUES);
        });
  }

  private static void tasks(List<AttemptRef> tasks) {
    if (tasks == null) {
      return;
    }
    size("tasks", tasks.size(), MAX_TASKS);
    for (AttemptRef task : tasks) {
      if (task == null) {
        throw ServiceFailure.invalid("tasks", "must not have nothing in it");
      }
      text("tasks.taskId", required("tasks.taskId", task.taskId()));
      text("tasks.token", required("tasks.token", task.token()));
    }
  }

  private static void texts(String field, Collection<String> values, int max) {
    if (values == null) {
      return;
    }
    size(field, values.size(), max);
    values.forEach(value -> text(field, required(field, value)));
  }

  private static void size(String field, int size, int max) {
    if (size > max) {
      throw ServiceFailure.invalid(field, "must have at most " + max + " entries");
    }
  }

  private static String required(String field, String value) {
    if (value == null) {
      throw ServiceFailure.invalid(field, "is required");
    }
    return value;
  }

  private static void text(String field, String value) {
    if (value != null && value.length() > MAX_TEXT_CHARS) {
      throw ServiceFailure.invalid(field, "must have at most " + MAX_TEXT_CHARS + " characters");
    }
  }
}
