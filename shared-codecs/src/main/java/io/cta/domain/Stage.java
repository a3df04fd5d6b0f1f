package io.cta.domain;

import io.cta.error.ServiceFailure;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One command of a test.
 *
 * @param name label, defaults to {@code run}
 * @param run script for the shell, or a program and its arguments; required
 * @param stop the same, run while the stage still runs, when it is cancelled or timed out, before
 *     TERM
 * @param cwd directory relative to the workspace; must exist when the stage starts
 * @param env variables added to the test's and the machine's
 * @param timeout default 10 min
 * @param stopTimeout how long {@code stop}, then TERM, may take; default 10 s
 * @param mandatory default true; when a stage that is not mandatory fails, the test is {@code
 *     partial}
 * @param reboot true when the stage ends by rebooting the machine
 * @param successCodes exit codes that mean success, 0 to 255; default only 0
 * @param shell what runs the scripts; for a list always {@code none}; null for the suite's, or the
 *     machine's own
 */
@RecordBuilder
public record Stage(
    String name,
    StageScript run,
    StageScript stop,
    String cwd,
    Map<String, String> env,
    TimeLimit timeout,
    TimeLimit stopTimeout,
    Boolean mandatory,
    Boolean reboot,
    List<Integer> successCodes,
    ShellKind shell) {
  public static final TimeLimit DEFAULT_TIMEOUT = TimeLimit.of(Duration.ofMinutes(10));
  public static final TimeLimit DEFAULT_STOP_TIMEOUT = TimeLimit.of(Duration.ofSeconds(10));

  public Stage {
    name = FieldChecks.or(name, "run");
    if (run == null || run.isBlank()) {
      throw ServiceFailure.invalid("run", "is required");
    }
    shell = shell == null && run.command() != null ? ShellKind.NONE : shell;
    checkShell("run", run, shell);
    checkShell("stop", stop, shell);
    env = FieldChecks.map(env);
    timeout = FieldChecks.or(timeout, DEFAULT_TIMEOUT);
    stopTimeout = FieldChecks.or(stopTimeout, DEFAULT_STOP_TIMEOUT);
    mandatory = FieldChecks.or(mandatory, true);
    reboot = FieldChecks.or(reboot, false);
    successCodes = successCodes == null ? List.of(0) : List.copyOf(successCodes);
    if (successCodes.isEmpty()) {
      throw ServiceFailure.invalid("successCodes", "must name at least one exit code");
    }
    successCodes.forEach(code -> FieldChecks.range("successCodes", code, 0, 255));
    if (timeout.time() != null && timeout.time().isZero()) {
      throw ServiceFailure.invalid("timeout", "must be longer than 0");
    }
  }

  /** This stage with the suite's shell, unless it has its own. */
  public Stage withDefault(ShellKind ofSuite) {
    return shell != null ? this : StageBuilder.builder(this).shell(ofSuite).build();
  }

  private static void checkShell(String field, StageScript script, ShellKind shell) {
    if (script != null
        && shell != null
        && (script.command() != null) != (shell == ShellKind.NONE)) {
      String rule =
          shell == ShellKind.NONE
              ? "must be a list, a program and its arguments, as there is no shell"
              : "must be a text for " + shell.wire() + ": only without a shell is it a list";
      throw ServiceFailure.invalid(field, rule);
    }
  }
}
