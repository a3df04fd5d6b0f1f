package io.cta.server.after;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionChain;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import java.util.HashMap;
import java.util.Map;

/**
 * What conditions are decided on: an execution that is over, and the one before it.
 *
 * @param previous result of the last execution before it of the same scenario and branch; null when
 *     there is none
 */
public record ConditionFacts(Execution execution, Result previous) {
  /** True when its result differs from that of the execution before it. */
  boolean changed() {
    return previous != null && previous != execution.result();
  }

  /** True when its result is ok and that of the execution before it was not. */
  boolean recovered() {
    return previous != null && previous != Result.OK && isFine();
  }

  /** True when it finished and all was ok. */
  boolean isFine() {
    return execution.state() == State.FINISHED && execution.result() == Result.OK;
  }

  /** The values of all words of a condition. */
  Map<String, Object> values() {
    Map<String, Object> out = new HashMap<>();
    ConditionVariable.constants().forEach(word -> out.put(word, word));
    out.put("state", execution.state().wire());
    out.put("result", wire(execution.result()));
    out.put("counts", counts(execution.counts()));
    out.put("previous", wire(previous));
    out.put("changed", changed());
    out.put("recovered", recovered());
    out.put("branch", branch());
    out.put("scenario", execution.scenarioName());
    out.put("flaky", (long) execution.counts().flaky());
    out.put("depth", (long) ExecutionChain.depth(execution.chain()));
    return out;
  }

  /** The counts by name. */
  static Map<String, Long> counts(ResultCounts c) {
    return Map.of(
        "ok", (long) c.ok(),
        "failed", (long) c.failed(),
        "inconclusive", (long) c.inconclusive(),
        "partial", (long) c.partial(),
        "skipped", (long) c.skipped(),
        "flaky", (long) c.flaky(),
        "total", (long) c.total());
  }

  private String branch() {
    boolean known = execution.source() != null && execution.source().branch() != null;
    return known ? execution.source().branch() : "";
  }

  private static String wire(Result result) {
    return result == null ? "" : result.wire();
  }
}
