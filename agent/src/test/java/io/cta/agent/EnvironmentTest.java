package io.cta.agent;

import static io.cta.agent.TaskBuilder.script;
import static io.cta.agent.TaskBuilder.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.agent.process.InheritedVariables;
import io.cta.domain.Stage;
import io.cta.domain.StageBuilder;
import io.cta.domain.StageScript;
import io.cta.domain.TestBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The variables tests see. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EnvironmentTest {
  @TempDir static Path dir;
  private static TestServer server;
  private static InProcessAgent agent;

  @BeforeAll
  static void start() {
    server = new TestServer();
    agent = new InProcessAgent(server, dir, 2);
  }

  @AfterAll
  static void stop() {
    agent.close();
    server.close();
  }

  @Test
  void whatATestDeclaresIsAddedToTheMachinesEnvironmentAndTheNarrowerOneWins() {
    Stage stage =
        StageBuilder.builder()
            .name("s")
            .run(StageScript.of("env"))
            .env(Map.of("B", "stage", "C", "stage"))
            .build();
    server.run(
        task("env")
            .parameters(Map.of("C", "parameter"))
            .test(
                TestBuilder.builder()
                    .id("suite/t")
                    .name("t")
                    .enabled(true)
                    .stages(List.of(stage))
                    .env(Map.of("A", "test", "B", "test"))
                    .artifacts(List.of())
                    .build()));
    Map<String, String> env = environment("env");
    assertEquals("test", env.get("A"));
    assertEquals("stage", env.get("B"));
    assertEquals("parameter", env.get("C"));
    assertEquals(System.getenv("PATH"), env.get("PATH"));
  }

  @Test
  void whateverAValueLooksLikeNobodyRunsIt() {
    String value = "$(touch ran)`touch ran`; touch ran\n\"a\" 'b' \\ $HOME ${IFS} %PATH% && c";
    server.run(
        script("hostile", "printf '<%s>' \"$BRANCH\"; ls").parameters(Map.of("BRANCH", value)));
    server.confirmedEvents.ended("hostile");
    String text = server.confirmedEvents.text("hostile");
    assertTrue(text.contains("<" + value + ">"), text);
    assertFalse(text.lines().anyMatch("ran"::equals), text);
  }

  @Test
  void ctaTellsATestWhereItIs() {
    server.run(script("cta", "env").attempt(2));
    Map<String, String> env = environment("cta");
    assertEquals("execution", env.get("CTA_EXECUTION_ID"));
    assertEquals("execution;depth=0", env.get("CTA_CHAIN"));
    assertEquals("cta", env.get("CTA_TASK_ID"));
    assertEquals("suite/t", env.get("CTA_TEST_ID"));
    assertEquals("t", env.get("CTA_TEST_NAME"));
    assertEquals("2", env.get("CTA_ATTEMPT"));
    assertEquals("box", env.get("CTA_MACHINE"));
    assertEquals("true", env.get("CI"));
    assertTrue(env.get("CTA_WORKSPACE").endsWith("/work/cta.2"));
    assertTrue(env.get("CTA_URL").matches("http://127\\.0\\.0\\.1:\\d+"));
    assertTrue(env.get("CTA_TOKEN").length() >= 32);
  }

  @Test
  void ofTheAgentsOwnVariablesTestsSeeThoseOfTheList() {
    server.run(script("listed", "env"));
    InheritedVariables listed = new InheritedVariables(List.of());
    for (String name : environment("listed").keySet()) {
      boolean shells = Set.of("PWD", "OLDPWD", "SHLVL", "_").contains(name);
      assertTrue(
          shells || name.equals("CI") || name.startsWith("CTA_") || listed.includes(name), name);
    }
  }

  private static Map<String, String> environment(String task) {
    server.confirmedEvents.ended(task);
    return server
        .confirmedEvents
        .text(task)
        .lines()
        .filter(line -> line.indexOf('=') > 0)
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf('=')),
                line -> line.substring(line.indexOf('=') + 1),
                (first, second) -> second));
  }
}
