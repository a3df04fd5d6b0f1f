package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.ShippedJars;
import io.cta.server.config.ConfigLoader;
import io.cta.server.config.ConfigResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Asks the shipped jars whether they understand a variable or an option. */
final class JarOptionsCheck {
  /** Sections of the configuration that a build without their parts does not know. */
  private static final List<String> PARTS = List.of("broker", "cluster");

  private JarOptionsCheck() {}

  /** What a process printed and how it ended. */
  record ProcessResult(int code, String output) {}

  static Path conf() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("conf/cta.yaml"))) {
      at = at.getParent();
    }
    return at.resolve("conf");
  }

  /** Values that come from a secret or the surroundings are played by ones that would do. */
  static void serverTakes(Map<String, String> env, List<String> arguments) throws Exception {
    Map<String, String> all = new TreeMap<>();
    env.forEach((name, value) -> all.put(name, played(name, value)));
    List<String> options = new ArrayList<>(arguments);
    DeployYaml known = DeployYaml.of(conf().resolve("cta.yaml")).get(0);
    for (String part : PARTS) {
      if (!known.has(part)) {
        all.keySet().removeIf(name -> name.startsWith("CTA_" + part.toUpperCase() + "_"));
        options.remove("--" + part);
      }
    }
    ConfigResult result = ConfigLoader.load(Optional.empty(), all);
    List<String> faults =
        result instanceof ConfigResult.Faulty faulty ? faulty.errors() : List.of();
    assertEquals(List.of(), faults);
    String command = options.remove(0);
    ProcessResult processResult =
        run(conf(), Map.of(), java(), "-jar", ShippedJars.SERVER.toString(), command, "--help");
    assertEquals(0, processResult.code(), processResult.output());
    List<String> words = List.of(processResult.output().split("[\\s,=\\[\\]]+"));
    for (String option : options) {
      assertTrue(words.contains(option), option + " is no option of " + command);
    }
  }

  /** An agent names everything that is wrong with its settings before it does anything. */
  static void agentTakes(Path dir, Map<String, String> env) throws Exception {
    Map<String, String> all = new TreeMap<>();
    env.forEach((name, value) -> all.put(name, played(name, value)));
    all.putIfAbsent("CTA_AGENT_SERVER", "http://127.0.0.1:1");
    ProcessResult processResult =
        run(dir, all, java(), "-jar", ShippedJars.AGENT.toString(), "--slots", "none");
    List<String> faults =
        processResult.output().lines().filter(line -> !line.contains("--help")).toList();
    assertEquals(List.of("cta-agent: --slots must be a number from 1 to 1000, not none"), faults);
  }

  static ProcessResult run(Path dir, Map<String, String> env, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true);
    builder.environment().putAll(env);
    Process process = builder.start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError(String.join(" ", command) + " did not end");
      }
      return new ProcessResult(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String java() {
    return ProcessHandle.current().info().command().orElse("java");
  }

  private static String played(String name, String value) {
    if (value.contains("secretKeyRef") || value.contains("fieldRef")) {
      return switch (name) {
        case "CTA_STORE_MONGO_URL" -> "mongodb://user:word@host/?replicaSet=r";
        case "CTA_BROKER_RABBITMQ_URL" -> "amqps://user:word@host:5671/";
        case "CTA_CLUSTER_HOST" -> "10.0.0.1";
        default -> "0123456789abcdef0123456789abcdef0123";
      };
    }
    return value.replaceAll("\\$\\{[A-Z_]+:\\?[^}]*}", "0123456789abcdef0123456789abcdef0123");
  }
}
