package io.cta.agent.run;

import io.cta.agent.fetch.FetchFailed;
import io.cta.domain.ResolvedInput;
import io.cta.masking.SecretMasker;
import io.cta.message.TaskRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the inputs of an attempt into its workspace. Blocks. */
record AttemptInputs(AgentServices agentServices, AttemptContext attempt, AttemptSecrets secrets) {
  private static final Logger log = LoggerFactory.getLogger(AttemptInputs.class);

  /** Returns early when the attempt is asked to stop. */
  void fetch(Path workspace) throws FetchFailed, IOException {
    TaskRun run = attempt.run();
    if (run.inputs().isEmpty()) {
      return;
    }
    TestEnvironment environment =
        new TestEnvironment(run, secrets, agentServices.machineName(), workspace, "");
    ThreadInterrupt threadInterrupt = ThreadInterrupt.of(attempt.stop());
    boolean resolve = Boolean.TRUE.equals(run.resolve());
    try {
      List<ResolvedInput> resolved =
          agentServices
              .fetcher()
              .fetch(
                  run.inputs(),
                  workspace,
                  resolve,
                  secrets.forInputs(),
                  new AttemptCommandRunner(
                      attempt,
                      environment.ofTask(),
                      agentServices.threads(),
                      agentServices.time().ticker(),
                      secrets.masker()));
      if (resolve) {
        attempt.journal().resolved(resolved.stream().map(this::masked).toList());
      }
    } catch (InterruptedException e) {
      log.info("fetching was stopped [task: {}]", attempt.key());
    } finally {
      threadInterrupt.off();
    }
  }

  private ResolvedInput masked(ResolvedInput input) {
    SecretMasker masker = secrets.masker();
    return new ResolvedInput(
        input.input(),
        input.version(),
        input.sha256(),
        masker.mask(input.branch()),
        masker.mask(input.author()),
        masker.mask(input.subject()));
  }
}
