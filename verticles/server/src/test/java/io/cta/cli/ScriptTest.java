package io.cta.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a POSIX shell script")
class ScriptTest {
  private static final Path SCRIPT = TopDirectory.path("cta");
  private static final Pattern CALL = Pattern.compile("\\./cta ([a-z]+)");

  @TempDir Path elsewhere;

  private record ScriptResult(int code, String text) {}

  private ScriptResult run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder process =
        new ProcessBuilder(command).directory(elsewhere.toFile()).redirectErrorStream(true);
    process.environment().putAll(environment);
    Process started = process.start();
    String text = new String(started.getInputStream().readAllBytes());
    return new ScriptResult(started.waitFor(), text);
  }

  private ScriptResult cta(Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", SCRIPT.toString()));
    command.addAll(List.of(args));
    return run(environment, command);
  }

  private static Set<String> calls(Path file) throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher call = CALL.matcher(Files.readString(file));
    while (call.find()) {
      names.add(call.group(1));
    }
    return names;
  }

  @Test
  void everyCommandThatTheReadmesShowIsInTheHelp() throws Exception {
    String help = cta(Map.of(), "help").text();
    for (String file : List.of("README.md", "CONTRIBUTING.md", "conf/README.md")) {
      for (String name : calls(TopDirectory.path(file))) {
        assertTrue(help.contains("\n  " + name + " "), file + " shows ./cta " + name);
      }
    }
    assertTrue(calls(TopDirectory.path("README.md")).containsAll(Set.of("demo", "test")));
  }

  @Test
  void everyCommandOfTheHelpIsKnownToTheScript() throws Exception {
    String script = Files.readString(SCRIPT);
    String cases = script.substring(script.lastIndexOf("case $command in"));
    Matcher name = Pattern.compile("(?m)^  ([a-z]+) {2,}\\S").matcher(cta(Map.of()).text());
    int found = 0;
    while (name.find()) {
      found++;
      assertTrue(cases.matches("(?s).*[ |]" + name.group(1) + "( \\||\\)).*"), name.group(1));
    }
    assertTrue(found >= 12, found + " commands");
  }

  @Test
  void anUnknownCommandIsWrongUsage() throws Exception {
    ScriptResult scriptResult = cta(Map.of(), "destroy");
    assertEquals(64, scriptResult.code());
    assertTrue(scriptResult.text().startsWith("cta: no command destroy"), scriptResult.text());
    assertEquals(64, cta(Map.of(), "demo", "--wrong").code());
  }

  @ParameterizedTest
  @CsvSource({
    "--broker zeromq, no broker zeromq",
    "--store oracle, no store oracle",
    "--link telepathy, no link telepathy",
    "--link direct, the embedded broker has no direct link",
    "--store mongo, --store mongo needs CTA_MONGO_URL",
  })
  void aDemoThatIsNotPossibleIsRefusedBeforeAnythingIsBuilt(String options, String text)
      throws Exception {
    List<String> words = new ArrayList<>(List.of("demo"));
    words.addAll(List.of(options.split(" ")));
    ScriptResult scriptResult = cta(Map.of("CTA_MONGO_URL", ""), words.toArray(String[]::new));
    assertEquals(64, scriptResult.code());
    assertTrue(scriptResult.text().startsWith("cta: " + text), scriptResult.text());
  }

  @Test
  void withoutJavaThereIsOneLineThatSaysSo() throws Exception {
    Path tools = Files.createDirectory(elsewhere.resolve("bin"));
    for (String tool : List.of("dirname", "sed", "uname")) {
      Path real = Path.of("/usr/bin", tool);
      Files.createSymbolicLink(
          tools.resolve(tool), Files.exists(real) ? real : Path.of("/bin", tool));
    }
    ScriptResult scriptResult = cta(Map.of("PATH", tools.toString(), "JAVA_HOME", ""), "machines");
    assertEquals(69, scriptResult.code());
    assertEquals(
        "cta: needs a JDK, 17 or newer: there is no java on the PATH", scriptResult.text().strip());
  }

  @Test
  void shellcheckFindsNothing() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/shellcheck")), "shellcheck is not installed here");
    List<String> command = new ArrayList<>(List.of("/usr/bin/shellcheck", SCRIPT.toString()));
    try (Stream<Path> parts = Files.list(TopDirectory.path("verticles/bench/src/script"))) {
      parts.map(Path::toString).sorted().forEach(command::add);
    }
    assertTrue(command.size() >= 6, command.toString());
    ScriptResult scriptResult = run(Map.of(), command);
    assertEquals(0, scriptResult.code(), scriptResult.text());
  }
}
