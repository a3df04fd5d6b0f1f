package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cta.bench.fleet.ShippedJars;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script makes class archives and uses them, and works as well where it cannot. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a POSIX shell script")
class ClassArchiveIT {
  private static final String UNREACHABLE = "http://127.0.0.1:1";
  private static final String ANSWER =
      "cta: no answer from " + UNREACHABLE + ": Connection refused";
  private static final String MAKING = "cta: making the class archives (once for each build)";
  private static final String SET_PRIVILEGES = "/usr/bin/setpriv";

  @TempDir private static Path dir;
  private static Path script;
  private static Path serverArchive;
  private static String first;

  /** A tree that has been built, without sources. */
  private static Path tree(Path root) throws Exception {
    for (String file :
        List.of(
            "cta",
            "conf/jvm.options",
            "conf/cta.yaml",
            "verticles/server/target/cta.jar",
            "agent/target/cta-agent.jar")) {
      Path copy = root.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(ShippedJars.source(file), copy);
      if (file.equals("cta")) {
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    return root;
  }

  @BeforeAll
  static void build() throws Exception {
    Path root = tree(dir.resolve("built"));
    script = root.resolve("cta");
    serverArchive = root.resolve("verticles/server/target/cta.jsa");
    first = cta(Map.of(), "machines");
  }

  /** What a command prints that finds no server. */
  private static String cta(Map<String, String> env, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--server", UNREACHABLE));
    return run(env, command);
  }

  private static String run(Map<String, String> env, List<String> command) throws Exception {
    JarOptionsCheck.ProcessResult result =
        JarOptionsCheck.run(dir, env, command.toArray(String[]::new));
    assertEquals(69, result.code(), result.output());
    return result.output().strip();
  }

  @Test
  void theFirstCommandAfterABuildMakesTheArchivesAndNoOther() throws Exception {
    assertEquals(MAKING + "\n" + ANSWER, first);
    assertTrue(Files.size(serverArchive) > 0);
    assertTrue(Files.size(script.resolveSibling("agent/target/cta-agent.jsa")) > 0);
    assertEquals(ANSWER, cta(Map.of(), "machines"));
  }

  @ParameterizedTest
  @CsvSource({
    "machines --help, io.cta.cli.MachinesCommand",
    "serve --help, io.cta.server.launch.ServeCommand",
    "agent --help, io.cta.agent.Main",
  })
  void serverAgentAndCommandsTakeTheirClassesFromIt(String command, String loaded)
      throws Exception {
    List<String> words = new ArrayList<>(List.of(script.toString()));
    words.addAll(List.of(command.split(" ")));
    Path log = dir.resolve(loaded + ".log");
    Map<String, String> env = Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + log);
    assertEquals(0, JarOptionsCheck.run(dir, env, words.toArray(String[]::new)).code());
    assertTrue(Files.readString(log).contains(loaded + " source: shared objects file"), loaded);
  }

  @Test
  void anArchiveOfAnotherJarIsLeftAsideInSilence() throws Exception {
    Path jar = serverArchive.resolveSibling("cta.jar");
    FileTime built = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.from(built.toInstant().minus(Duration.ofMinutes(1))));
    try {
      assertEquals(ANSWER, cta(Map.of(), "machines"));
    } finally {
      Files.setLastModifiedTime(jar, built);
    }
  }

  @Test
  void whoMayNotWriteBesideTheJarsUsesWhatIsThereAndMakesNothing() throws Exception {
    assumeTrue(
        "root".equals(System.getProperty("user.name"))
            && Files.isExecutable(Path.of(SET_PRIVILEGES)),
        "skipped: needs root, to become somebody else");
    Path bare = tree(dir.resolve("bare"));
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (Path root : List.of(bare, script.getParent())) {
      List<String> nobody =
          List.of(SET_PRIVILEGES, "--reuid=65534", "--regid=65534", "--clear-groups");
      List<String> command = new ArrayList<>(nobody);
      command.addAll(List.of(root.resolve("cta").toString(), "machines", "--server", UNREACHABLE));
      assertEquals(ANSWER, run(Map.of(), command));
    }
    assertFalse(Files.exists(bare.resolve("verticles/server/target/cta.jsa")));
  }

  @Test
  void whereNoneCanBeMadeItIsTriedOnce() throws Exception {
    Path root = tree(dir.resolve("failing"));
    Map<String, String> env = Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + dir + "/absent");
    List<String> command =
        List.of(root.resolve("cta").toString(), "machines", "--server", UNREACHABLE);
    String tried = run(env, command);
    assertTrue(tried.startsWith(MAKING) && tried.endsWith(ANSWER), tried);
    assertEquals(0, Files.size(root.resolve("verticles/server/target/cta.jsa")));
    assertFalse(run(env, command).contains(MAKING));
  }
}
