package io.cta.message;

import io.cta.domain.AttemptRef;
import io.cta.domain.Repository;
import io.cta.domain.RunMode;
import io.cta.domain.Test;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The command to run one attempt of a task.
 *
 * @param token fencing token, repeated in everything the agent reports about this attempt
 * @param tests all tests of the attempt, in order
 * @param parameters variables that every test sees
 * @param secrets names of the secrets that every test sees, by environment variable; the agent asks
 *     the server for their values
 * @param running how long the task may run, measured by the agent from its first process
 * @param resolve true when nobody knows yet what its inputs are: the agent reports it before the
 *     attempt starts
 * @param logLimit bytes of output the server keeps of the attempt, null for the agent's own limit
 * @param depth executions before this one in its chain, null for none
 * @param scenario name of the scenario; null from a server that does not say it
 */
@RecordBuilder
public record TaskRun(
    String executionId,
    String taskId,
    int attempt,
    String token,
    RunMode mode,
    String suite,
    List<Repository> inputs,
    List<Repository> outputs,
    List<Test> tests,
    Map<String, String> parameters,
    Map<String, String> secrets,
    Duration running,
    Boolean resolve,
    Long logLimit,
    Integer depth,
    String scenario) {
  /** The attempt that it is about. */
  public AttemptRef ref() {
    return new AttemptRef(taskId, attempt, token);
  }
}
