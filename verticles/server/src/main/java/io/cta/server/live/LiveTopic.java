package io.cta.server.live;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic that viewers can subscribe to.
 *
 * @param name as viewers write it, for example {@code execution.01J…}
 * @param id of the execution or task, empty for the two overviews
 */
record LiveTopic(Kind kind, String id, String name) {
  static final LiveTopic FLEET = new LiveTopic(Kind.FLEET, "", "fleet");
  static final LiveTopic EXECUTIONS = new LiveTopic(Kind.EXECUTIONS, "", "executions");

  private static final Pattern FORM = Pattern.compile("(execution|log)\\.([0-9A-Za-z_-]{1,64})");

  /** What a topic is about. */
  enum Kind {
    FLEET,
    EXECUTIONS,
    EXECUTION,
    LOG
  }

  static LiveTopic execution(String executionId) {
    return new LiveTopic(Kind.EXECUTION, executionId, "execution." + executionId);
  }

  static LiveTopic log(String taskId) {
    return new LiveTopic(Kind.LOG, taskId, "log." + taskId);
  }

  /** Parses a name; empty if there is no such topic. */
  static Optional<LiveTopic> of(String name) {
    if (name.equals(FLEET.name)) {
      return Optional.of(FLEET);
    }
    if (name.equals(EXECUTIONS.name)) {
      return Optional.of(EXECUTIONS);
    }
    Matcher m = FORM.matcher(name);
    if (!m.matches()) {
      return Optional.empty();
    }
    return Optional.of(m.group(1).equals("log") ? log(m.group(2)) : execution(m.group(2)));
  }
}
