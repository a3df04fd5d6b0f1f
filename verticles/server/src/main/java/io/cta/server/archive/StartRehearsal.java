package io.cta.server.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs a server, the commands that talk to it and, if it is there, an agent that does one task for
 * it, so that each writes down the classes that it loads.
 */
final class StartRehearsal {
  private static final Pattern READY = Pattern.compile("is ready at (http://\\S+)");
  private static final long LIMIT_SECONDS = 60;
  private static final String DEFINITIONS =
      """
      kind: TestSuite
      name: rehearsal
      tests:
        - name: test
          stages:
            - { run: "echo done" }
      ---
      kind: Configuration
      name: rehearsal
      mode: parallel
      ---
      kind: Scenario
      name: rehearsal
      suite: rehearsal
      configuration: rehearsal
      """;

  private final Path server;
  private final Path agent;
  private final Path work;
  private final String token = secret();
  private final String registration = secret();
  private String url;
  private final List<Path> serverLists = new ArrayList<>();
  private final List<Path> agentLists = new ArrayList<>();

  /**
   * @param agent the agent's jar, or null when there is none
   * @param work an empty directory
   */
  StartRehearsal(Path server, Path agent, Path work) {
    this.server = server;
    this.agent = agent;
    this.work = work;
  }

  StartRehearsal run() throws IOException, InterruptedException {
    Path definitions = Files.writeString(work.resolve("rehearsal.yaml"), DEFINITIONS);
    try (RehearsedProcess serving = start(server, serverLists, serverEnv(), "serve")) {
      url = serving.prints(READY, LIMIT_SECONDS).group(1);
      command("apply", "-f", definitions.toString());
      command("machines");
      if (agent == null) {
        command("run", "rehearsal");
      } else {
        runWithAgent();
      }
      command("executions");
      serving.terminate();
    }
    return this;
  }

  private void runWithAgent() throws IOException, InterruptedException {
    Map<String, String> env = Map.of("CTA_AGENT_TOKEN", registration, "CTA_AGENT_SERVER", url);
    String data = work.resolve("agent").toString();
    try (RehearsedProcess working =
        start(agent, agentLists, env, "--name", "rehearsal", "--data", data)) {
      command("run", "rehearsal", "--wait", "--log", "--wait-limit", LIMIT_SECONDS + "s");
      working.terminate();
    }
  }

  ClassList serverClasses() throws IOException {
    return classes(serverLists);
  }

  ClassList agentClasses() throws IOException {
    return classes(agentLists);
  }

  private void command(String... arguments) throws IOException, InterruptedException {
    Map<String, String> env = Map.of("CTA_SERVER", url, "CTA_TOKEN", token);
    try (RehearsedProcess command = start(server, serverLists, env, arguments)) {
      command.succeeds(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private Map<String, String> serverEnv() {
    return Map.of(
        "CTA_DATA",
        work.resolve("server").toString(),
        "CTA_HTTP_HOST",
        "127.0.0.1",
        "CTA_HTTP_PORT",
        "0",
        "CTA_SECURITY_ADMIN_TOKEN",
        token,
        "CTA_SECURITY_REGISTRATION_TOKEN",
        registration);
  }

  private RehearsedProcess start(
      Path jar, List<Path> lists, Map<String, String> env, String... arguments) throws IOException {
    String name = jar.getFileName() + "-" + lists.size();
    Path list = work.resolve(name + ".classes");
    lists.add(list);
    List<String> java =
        new ArrayList<>(List.of("-XX:DumpLoadedClassList=" + list, "-jar", jar.toString()));
    java.addAll(Arrays.asList(arguments));
    return new RehearsedProcess(java, env, work.resolve(name + ".log"));
  }

  private static String secret() {
    return UUID.randomUUID() + "-" + UUID.randomUUID();
  }

  private static ClassList classes(List<Path> lists) throws IOException {
    List<List<String>> processes = new ArrayList<>();
    for (Path list : lists) {
      processes.add(Files.readAllLines(list));
    }
    return ClassList.joined(processes);
  }
}
