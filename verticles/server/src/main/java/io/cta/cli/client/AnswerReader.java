package io.cta.cli.client;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads answers of the server, also those of a later version: a state or a result that this version
 * does not know is never good, and {@code terminal} says whether it is the end; other unknown names
 * are null. Pure.
 */
public final class AnswerReader {
  private static final Set<String> STATES =
      Stream.of(State.values()).map(State::wire).collect(Collectors.toUnmodifiableSet());
  private static final Set<String> RESULTS =
      Stream.of(Result.values()).map(Result::wire).collect(Collectors.toUnmodifiableSet());
  private static final ObjectMapper MAPPER =
      JsonMapping.mapper().copy().addHandler(new UnknownNames());

  private AnswerReader() {}

  public static Execution execution(JsonObject answer) {
    return MAPPER.convertValue(known(answer), Execution.class);
  }

  public static Task task(JsonObject answer) {
    return MAPPER.convertValue(known(answer), Task.class);
  }

  public static Status status(JsonObject answer) {
    return MAPPER.convertValue(answer, Status.class);
  }

  /** The answer with a state and a result that this version knows. */
  private static JsonObject known(JsonObject answer) {
    String state = answer.getString("state");
    String result = answer.getString("result");
    if (state != null && !STATES.contains(state)) {
      return answer.getBoolean("terminal", false)
          ? unclear(answer, "state " + state).put("state", State.FINISHED.wire())
          : answer.copy().put("state", State.RUNNING.wire());
    }
    return result != null && !RESULTS.contains(result)
        ? unclear(answer, "result " + result)
        : answer;
  }

  private static JsonObject unclear(JsonObject answer, String what) {
    return answer
        .copy()
        .put("result", Result.INCONCLUSIVE.wire())
        .put("reason", "unknown " + what)
        .put("message", "this version of the command does not know it");
  }

  private static final class UnknownNames extends DeserializationProblemHandler {
    @Override
    public Object handleWeirdStringValue(
        DeserializationContext context, Class<?> type, String value, String failure) {
      if (type == Result.class) {
        return Result.INCONCLUSIVE;
      }
      return type.isEnum() ? null : NOT_HANDLED;
    }
  }
}
