package io.cta.server.after;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionSource;
import io.cta.error.ServiceFailure;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.commons.text.StringSubstitutor;

/**
 * Texts of handlers, in which {@code ${NAME}} stands for a fact of the execution that is over, and
 * {@code $${NAME}} for a plain {@code ${NAME}}. A fact that is not known is an empty text; a value
 * is not looked into again. Pure.
 */
public final class HandlerText {
  private static final Map<String, Function<Execution, Object>> FACTS = facts();

  private HandlerText() {}

  /** Throws INVALID, naming the field, when the text names a fact that there is not. */
  public static void check(String field, String text) {
    substitutor(
            name -> {
              if (!FACTS.containsKey(name) && !name.equals("execution.link")) {
                throw ServiceFailure.invalid(
                    field,
                    "names no fact of an execution: ${"
                        + name
                        + "}; there are execution.link, "
                        + String.join(", ", FACTS.keySet()));
              }
              return "";
            })
        .replace(text);
  }

  /**
   * The text with all facts in place.
   *
   * @param link where people find the execution
   */
  public static String of(String text, Execution execution, String link) {
    return substitutor(
            name -> {
              Object value =
                  name.equals("execution.link") ? link : FACTS.get(name).apply(execution);
              return value == null ? "" : value.toString();
            })
        .replace(text);
  }

  private static StringSubstitutor substitutor(Function<String, String> values) {
    return new StringSubstitutor(values::apply)
        .setValueDelimiter("")
        .setDisableSubstitutionInValues(true);
  }

  private static Map<String, Function<Execution, Object>> facts() {
    Map<String, Function<Execution, Object>> out = new TreeMap<>();
    out.put("execution.id", Execution::id);
    out.put("execution.scenario", Execution::scenarioName);
    out.put("execution.state", e -> e.state().wire());
    out.put("execution.result", e -> e.result() == null ? null : e.result().wire());
    out.put("source.repository", source(ExecutionSource::repository));
    out.put("source.branch", source(ExecutionSource::branch));
    out.put("source.commit", source(ExecutionSource::commit));
    out.put("source.author", source(ExecutionSource::author));
    out.put("source.subject", source(ExecutionSource::subject));
    out.put("source.changeRequest", source(ExecutionSource::changeRequest));
    for (String name : ConditionFacts.counts(io.cta.domain.ResultCounts.NONE).keySet()) {
      out.put("counts." + name, e -> ConditionFacts.counts(e.counts()).get(name));
    }
    return out;
  }

  private static Function<Execution, Object> source(Function<ExecutionSource, Object> part) {
    return e -> e.source() == null ? null : part.apply(e.source());
  }
}
