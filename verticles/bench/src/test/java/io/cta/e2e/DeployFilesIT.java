package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cta.bench.fleet.ProcessFleet;
import io.cta.bench.fleet.ShippedJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What can be said of the files in {@code conf/deploy} without an engine that runs them: every
 * variable, option, path and port in them is one that the shipped jars have.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DeployFilesIT {
  private static final Pattern IMAGE =
      Pattern.compile("(docker\\.io/library/)?[a-z-]+:\\d+\\.\\d+[A-Za-z0-9._-]*");

  @TempDir private static Path dir;
  private static ProcessFleet fleet;

  @BeforeAll
  static void start() {
    fleet = new ProcessFleet(dir).startServers();
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  void theComposeFilesServerAndAgentsTakeTheirVariables() throws Exception {
    DeployYaml compose = DeployYaml.read("compose.yaml").get(0);
    DeployYaml services = compose.at("services");
    JarOptionsCheck.serverTakes(services.at("server").at("environment").texts(), List.of("serve"));
    for (String agent : List.of("agent1", "agent2")) {
      Map<String, String> env = services.at(agent).at("environment").texts();
      JarOptionsCheck.agentTakes(dir, env);
      assertEquals("http://server:8080", env.get("CTA_AGENT_SERVER"));
      assertEquals(agent, env.get("CTA_AGENT_NAME"));
    }
    assertEquals(List.of("8080:8080"), services.at("server").list("ports"));
    String store = services.at("server").at("environment").text("CTA_STORE_MONGO_URL");
    for (String host : List.of("mongo1", "mongo2", "mongo3")) {
      assertTrue(store.contains(host) && services.has(host), store);
      assertEquals(
          List.of("mongod", "--replSet", "cta", "--bind_ip_all"),
          services.at(host).list("command"));
    }
    assertTrue(store.endsWith("replicaSet=cta"), store);
    for (String name : services.keys()) {
      DeployYaml service = services.at(name);
      assertTrue(IMAGE.matcher(service.text("image")).matches(), service.text("image"));
      for (Object volume : service.list("volumes")) {
        assertTrue(compose.at("volumes").has(volume.toString().split(":")[0]), volume.toString());
      }
      if (service.has("build")) {
        String target = service.at("build").text("target");
        assertTrue(containerfile().anyMatch(line -> line.endsWith(" AS " + target)), target);
      }
    }
  }

  @Test
  void theManifestsContainersTakeTheirVariablesAndOptions() throws Exception {
    DeployYaml server = pod("cta-server");
    DeployYaml container = server.first("containers");
    List<String> args = container.list("args").stream().map(Object::toString).toList();
    JarOptionsCheck.serverTakes(container.env(), args);
    JarOptionsCheck.agentTakes(dir, pod("cta-agent").first("containers").env());
    for (String name : List.of("cta-server", "cta-agent")) {
      DeployYaml pod = pod(name);
      // the variables of a service called cta would be taken for settings
      assertEquals("false", pod.text("enableServiceLinks"));
      assertEquals("true", pod.at("securityContext").text("runAsNonRoot"));
      String image = pod.first("containers").text("image");
      assertTrue(IMAGE.matcher(image).matches(), image);
    }
  }

  @Test
  void theManifestsProbesAskForWhatTheServerAnswers() throws Exception {
    DeployYaml container = pod("cta-server").first("containers");
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      DeployYaml get = container.at(probe).at("httpGet");
      assertEquals(200, fleet.api.send("GET", get.text("path"), null).statusCode(), probe);
      assertEquals("http", get.text("port"));
    }
  }

  @Test
  void theManifestsPortsAreTheServersAndItsNamesMeanEachOther() throws Exception {
    Map<String, String> ports = new TreeMap<>();
    for (DeployYaml port : pod("cta-server").first("containers").all("ports")) {
      ports.put(port.text("name"), port.text("containerPort"));
    }
    assertEquals(Map.of("http", "8080", "cluster", "5701", "bus", "5702"), ports);
    DeployYaml defaults = DeployYaml.of(JarOptionsCheck.conf().resolve("cta.yaml")).get(0);
    assertEquals("8080", defaults.at("http").text("port"));
    if (defaults.has("cluster")) {
      assertEquals("5701", defaults.at("cluster").text("port"));
      assertEquals("5702", defaults.at("cluster").at("bus").text("port"));
    }
    List<String> services = new ArrayList<>();
    for (DeployYaml document : DeployYaml.read("kubernetes.yaml")) {
      if (document.text("kind").equals("Service")) {
        services.add(document.at("metadata").text("name"));
        assertEquals("cta-server", document.at("spec").at("selector").text("app"));
        for (DeployYaml port : document.at("spec").all("ports")) {
          assertTrue(ports.containsKey(port.text("targetPort")), port.text("targetPort"));
          assertEquals(ports.get(port.text("targetPort")), port.text("port"));
        }
      }
      if (document.text("kind").equals("StatefulSet")) {
        DeployYaml spec = document.at("spec");
        assertEquals(
            spec.at("selector").at("matchLabels").texts(),
            spec.at("template").at("metadata").at("labels").texts());
      }
    }
    assertEquals(List.of("cta", "cta-members"), services);
    Map<String, String> node = pod("cta-server").first("containers").env();
    assertEquals("cta-members:5701", node.get("CTA_CLUSTER_MEMBERS"));
    assertEquals(
        "http://cta:8080", pod("cta-agent").first("containers").env().get("CTA_AGENT_SERVER"));
  }

  @Test
  void theImagesArePinnedRunAsNobodyAndCopyWhatTheBuildMakes() throws Exception {
    List<String> lines = containerfile().toList();
    List<String> images =
        lines.stream().filter(l -> l.startsWith("FROM ")).map(l -> l.split(" ")[1]).toList();
    assertEquals(3, images.size());
    images.forEach(image -> assertTrue(IMAGE.matcher(image).matches(), image));
    assertEquals(2, lines.stream().filter("USER 10001"::equals).count());
    for (String line : lines) {
      if (line.startsWith("COPY --from=build /src/")) {
        Path jar = root().resolve(line.split(" ")[2].substring("/src/".length()));
        assertTrue(jar.equals(ShippedJars.SERVER) || jar.equals(ShippedJars.AGENT), line);
      }
    }
    Matcher command = Pattern.compile("CMD \\[\"(\\w+)\"]").matcher(String.join("\n", lines));
    assertTrue(command.find());
    JarOptionsCheck.serverTakes(Map.of(), List.of(command.group(1)));
  }

  @Test
  void theImagesHealthCheckTellsARunningServerFromNone() throws Exception {
    String text = Files.readString(JarOptionsCheck.conf().resolve("deploy/Containerfile"));
    Matcher check = Pattern.compile("(?m)^ +\"(exec 3<>.*)\"]$").matcher(text);
    assertTrue(check.find());
    String script = check.group(1).replace("\\\\", "\\");
    String port = fleet.url().substring(fleet.url().lastIndexOf(':') + 1);
    assertEquals(
        0, JarOptionsCheck.run(dir, Map.of(), "bash", "-c", script.replace("8080", port)).code());
    assertTrue(
        JarOptionsCheck.run(dir, Map.of(), "bash", "-c", script.replace("8080", "1")).code() != 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cta-server.service", "cta-agent.service"})
  void aUnitIsWhatSystemdUnderstands(String name) throws Exception {
    boolean there =
        Stream.of("/usr/bin", "/bin").anyMatch(d -> Files.exists(Path.of(d, "systemd-analyze")));
    assumeTrue(there, "skipped: no systemd-analyze");
    String java = ProcessHandle.current().info().command().orElseThrow();
    String unit = Files.readString(unit(name)).replace("/usr/bin/java", java);
    Path copy = Files.writeString(dir.resolve(name), unit);
    JarOptionsCheck.ProcessResult processResult =
        JarOptionsCheck.run(
            dir, Map.of(), "systemd-analyze", "verify", "--man=no", copy.toString());
    List<String> faults =
        processResult.output().lines().filter(line -> line.contains(name)).toList();
    assertEquals(List.of(), faults);
    assertEquals(0, processResult.code(), processResult.output());
  }

  @Test
  void theUnitsStartTheJarsWithVariablesAndOptionsTheyHave() throws Exception {
    Map<String, String> server = environment("cta-server.service");
    JarOptionsCheck.serverTakes(server, arguments("cta-server.service"));
    assertEquals("/var/lib/cta", server.get("CTA_DATA"));
    assertEquals(List.of(), arguments("cta-agent.service"));
    Map<String, String> agent = environment("cta-agent.service");
    assertEquals("/var/lib/cta-agent", agent.get("CTA_AGENT_DATA"));
    JarOptionsCheck.agentTakes(dir, agent);
    String unit = Files.readString(unit("cta-agent.service"));
    // a stop must reach the agent before its tests
    assertTrue(unit.contains("\nKillMode=mixed\n"), unit);
  }

  @Test
  void whoeverIsOutOfMemoryEndsAndIsStartedAgain() throws Exception {
    String options = Files.readString(JarOptionsCheck.conf().resolve("jvm.options"));
    assertTrue(options.contains("\n-XX:+ExitOnOutOfMemoryError\n"), options);
    for (String name : List.of("cta-server.service", "cta-agent.service", "Containerfile")) {
      String text = Files.readString(unit(name));
      long starts =
          Pattern.compile("(?m)^(ExecStart=|ENTRYPOINT )").matcher(text).results().count();
      long ends =
          Pattern.compile("ExitOnOutOfMemoryError|@/.*/jvm\\.options")
              .matcher(text)
              .results()
              .count();
      assertTrue(starts > 0 && starts == ends, name);
      boolean unit = name.endsWith(".service");
      assertTrue(!unit || text.contains("\nRestart=on-failure\n"), name);
      assertFalse(text.matches("(?s).*RestartPreventExitStatus=[\\d ]*\\b3\\b.*"), name);
    }
  }

  @Test
  void aVariableOrOptionThatDoesNotExistIsFoundOut() {
    List<org.junit.jupiter.api.function.Executable> wrong =
        List.of(
            () -> JarOptionsCheck.serverTakes(Map.of("CTA_STORE_TIPE", "mongo"), List.of("serve")),
            () -> JarOptionsCheck.serverTakes(Map.of(), List.of("serve", "--clustre")),
            () -> JarOptionsCheck.agentTakes(dir, Map.of("CTA_AGENT_SERVR", "http://h")));
    for (var check : wrong) {
      boolean found = false;
      try {
        check.execute();
      } catch (Throwable e) {
        found = e instanceof AssertionError;
      }
      assertTrue(found);
    }
    assertFalse(IMAGE.matcher("mongo:latest").matches());
    assertFalse(IMAGE.matcher("mongo").matches());
  }

  private static DeployYaml pod(String name) throws IOException {
    return DeployYaml.read("kubernetes.yaml").stream()
        .filter(d -> d.text("kind").equals("StatefulSet"))
        .filter(d -> d.at("metadata").text("name").equals(name))
        .findFirst()
        .orElseThrow()
        .at("spec")
        .at("template")
        .at("spec");
  }

  private static Stream<String> containerfile() throws IOException {
    return Files.readAllLines(JarOptionsCheck.conf().resolve("deploy/Containerfile")).stream();
  }

  private static Path unit(String name) {
    return JarOptionsCheck.conf().resolve("deploy").resolve(name);
  }

  private static Map<String, String> environment(String unit) throws IOException {
    Map<String, String> out = new TreeMap<>();
    for (String line : Files.readAllLines(unit(unit))) {
      if (line.startsWith("Environment=")) {
        String[] pair = line.substring("Environment=".length()).split("=", 2);
        out.put(pair[0], pair[1]);
      }
    }
    return out;
  }

  /** What follows the jar on the command line. */
  private static List<String> arguments(String unit) throws IOException {
    String start =
        Files.readAllLines(unit(unit)).stream()
            .filter(line -> line.startsWith("ExecStart="))
            .findFirst()
            .orElseThrow();
    List<String> words = Arrays.asList(start.split(" "));
    return words.subList(words.indexOf("-jar") + 2, words.size());
  }

  private static Path root() {
    return JarOptionsCheck.conf().getParent();
  }
}
