package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/**
 * What is run and gets a result as a unit: stages, how its report is read, which files are kept.
 *
 * @param id within a suite, the path of names that leads to it; for a stored test, its own id
 * @param enabled default true; a disabled test is left out of new executions
 * @param env variables added to the machine's
 * @param timeout limit over all stages, or null for the stages' own
 * @param artifacts globs below the workspace
 * @param resumable true when the stages after an interrupted one may run after a restart
 */
@RecordBuilder
public record Test(
    String id,
    String name,
    String description,
    Boolean enabled,
    List<Stage> stages,
    Map<String, String> env,
    TimeLimit timeout,
    ReportSpec report,
    List<String> artifacts,
    Boolean resumable) {
  public Test {
    name = FieldChecks.name("name", name);
    enabled = FieldChecks.or(enabled, true);
    stages = FieldChecks.list(stages);
    env = FieldChecks.map(env);
    artifacts = FieldChecks.list(artifacts);
    resumable = FieldChecks.or(resumable, false);
  }

  public Test withId(String newId) {
    return TestBuilder.builder(this).id(newId).build();
  }

  /** This test with the suite's shell for stages without their own. */
  public Test withDefault(ShellKind ofSuite) {
    return ofSuite == null
        ? this
        : TestBuilder.builder(this)
            .stages(stages.stream().map(stage -> stage.withDefault(ofSuite)).toList())
            .build();
  }
}
