package io.cta.domain;

import io.cta.error.ServiceFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One command of a test.
 *
 * @param name label, defaults to {@code run}
 * @param run script text, required
 * @param stop script run beside the stage when it is cancelled or timed out, before TERM
 * @param cwd directory relative to the workspace; must exist when the stage starts
 * @param env variables added to the test's and the machine's
 * @param timeout default 10 min
 * @param stopTimeout how long {@code stop}, then TERM, may take; default 10 s
 * @param mandatory default true; a failing stage that is not makes the test {@code partial}
 * @param reboot true when the stage ends by rebooting the machine
 * @param successCodes exit codes that are fine, 0 to 255; default only 0
 */
public record Stage(
    String name,
    String run,
    String stop,
    String cwd,
    Map<String, String> env,
    Duration timeout,
    Duration stopTimeout,
    Boolean mandatory,
    Boolean reboot,
    List<Integer> successCodes) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);
  public static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(10);

  public Stage {
    name = Check.or(name, "run");
    run = Check.required("run", run);
    env = Check.map(env);
    timeout = Check.or(timeout, DEFAULT_TIMEOUT);
    stopTimeout = Check.or(stopTimeout, DEFAULT_STOP_TIMEOUT);
    mandatory = Check.or(mandatory, true);
    reboot = Check.or(reboot, false);
    successCodes = successCodes == null ? List.of(0) : List.copyOf(successCodes);
    if (successCodes.isEmpty()) {
      throw ServiceFailure.invalid("successCodes", "must name at least one exit code");
    }
    successCodes.forEach(code -> Check.range("successCodes", code, 0, 255));
    if (timeout.isZero()) {
      throw ServiceFailure.invalid("timeout", "must be longer than 0");
    }
  }

  /** A stage of which only exit code 0 is a success. */
  public Stage(
      String name,
      String run,
      String stop,
      String cwd,
      Map<String, String> env,
      Duration timeout,
      Duration stopTimeout,
      Boolean mandatory,
      Boolean reboot) {
    this(name, run, stop, cwd, env, timeout, stopTimeout, mandatory, reboot, null);
  }
}
