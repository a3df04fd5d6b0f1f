package io.cta.server.jenkins;

import io.cta.domain.AfterBuild;
import io.cta.error.ServiceFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The build that is asked for, as it is stored until it is over.
 *
 * @param parameters of the job, with all facts in place, without {@link #EXECUTION}
 * @param follow how long it is followed
 */
public record BuildRequest(
    String job, String executionId, Map<String, String> parameters, Duration follow) {
  /** The parameter by which a build is found again, and two executions are told apart. */
  public static final String EXECUTION = "CTA_EXECUTION_ID";

  private static final Duration LEAST_FOLLOW = Duration.ofSeconds(1);
  private static final Duration MOST_FOLLOW = Duration.ofDays(1);

  public BuildRequest {
    parameters = Map.copyOf(parameters);
  }

  /** Throws INVALID, naming the field, when it cannot be asked for. */
  public static void check(String field, AfterBuild build) {
    JobAddress.check(field + ".job", build.job());
    if (build.parameters().containsKey(EXECUTION)) {
      throw ServiceFailure.invalid(
          field + ".parameters." + EXECUTION, "is set by CTA, to the id of the execution");
    }
    Duration follow = build.follow();
    if (follow.compareTo(LEAST_FOLLOW) < 0 || follow.compareTo(MOST_FOLLOW) > 0) {
      throw ServiceFailure.invalid(field + ".follow", "must be from 1s to 24h");
    }
  }

  /** What the job gets. */
  Map<String, String> allParameters() {
    Map<String, String> out = new LinkedHashMap<>(parameters);
    out.put(EXECUTION, executionId);
    return out;
  }
}
