package io.cta.domain;

import io.cta.error.ServiceFailure;
import java.time.Duration;
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
    Boolean reboot) {
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
    if (timeout.isZero()) {
      throw ServiceFailure.invalid("timeout", "must be longer than 0");
    }
  }
}
