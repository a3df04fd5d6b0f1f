package io.cta.agent.run;

import io.cta.agent.process.ProcessOwner;
import io.cta.domain.Stage;
import io.cta.domain.Test;
import io.cta.message.TaskRun;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables of a test, added to the machine's; later ones win over earlier ones. */
record TestEnvironment(
    TaskRun run, AttemptSecrets secrets, String machine, Path workspace, String url) {
  Map<String, String> of(RunningTest runningTest, Stage stage) {
    Test test = runningTest.test();
    Map<String, String> env = new LinkedHashMap<>();
    env.putAll(test.env());
    env.putAll(stage.env());
    env.putAll(run.parameters());
    env.putAll(secrets.environment(run));
    env.putAll(ofTask());
    env.put("CTA_TEST_ID", test.id());
    env.put("CTA_TEST_NAME", test.name());
    env.put("CTA_URL", url);
    env.put("CTA_TOKEN", runningTest.token());
    return env;
  }

  Map<String, String> ofTask() {
    Map<String, String> env = new LinkedHashMap<>();
    env.put("CI", "true");
    env.put("CTA_EXECUTION_ID", run.executionId());
    env.put("CTA_CHAIN", run.executionId() + ";depth=" + (run.depth() == null ? 0 : run.depth()));
    env.put(ProcessOwner.TASK, run.taskId());
    env.put(ProcessOwner.ATTEMPT, String.valueOf(run.attempt()));
    env.put("CTA_MACHINE", machine);
    env.put(ProcessOwner.WORKSPACE, workspace.toString());
    return env;
  }
}
