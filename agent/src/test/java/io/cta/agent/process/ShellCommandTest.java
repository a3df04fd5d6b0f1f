package io.cta.agent.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.ShellKind;
import io.cta.domain.Stage;
import io.cta.domain.StageBuilder;
import io.cta.domain.StageScript;
import io.cta.json.JsonMapping;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellCommandTest {
  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    "    , LINUX,   bash sh, bash -eo pipefail, /bin/bash -eo pipefail s.sh",
    "    , LINUX,   sh,      sh -e,             /bin/sh -e s.sh",
    "    , WINDOWS, cmd bash,cmd /d /c,         /bin/cmd /d /c s.cmd",
    "BASH, LINUX,   bash,    bash -eo pipefail, /bin/bash -eo pipefail s.sh",
    "SH,   LINUX,   bash sh, sh -e,             /bin/sh -e s.sh",
    "PYTHON, LINUX, python,  python3 -u,        /bin/python -u s.py",
    "PWSH, LINUX,   pwsh,    pwsh -NoProfile -NonInteractive -File,"
        + " /bin/pwsh -NoProfile -NonInteractive -File s.ps1",
  })
  void runsAScriptWithWhatIsWanted(
      ShellKind shell, OperatingSystem operatingSystem, String present, String name, String command)
      throws IOException {
    ShellCommand made = of(shell, operatingSystem, present);
    assertEquals(name, made.toString());
    List<String> words = made.script(dir, "s", StageScript.of("x"));
    assertEquals(command, String.join(" ", words).replace(dir + "/", ""));
    assertTrue(Files.readString(Path.of(words.get(words.size() - 1))).contains("x"));
  }

  @Test
  void aListIsItselfTheCommand() throws IOException {
    StageScript list = new StageScript(null, List.of("prog", "a b"));
    assertEquals(
        List.of("prog", "a b"),
        of(ShellKind.NONE, OperatingSystem.LINUX, "").script(dir, "s", list));
  }

  @Test
  void aShellThatIsNotThereIsNamed() {
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                of(ShellKind.PWSH, OperatingSystem.LINUX, "bash")
                    .script(dir, "s", StageScript.of("x")));
    assertTrue(e.getMessage().contains("pwsh is not on the PATH"), e.getMessage());
  }

  @Test
  void linesEndAsTheShellWantsThem() throws IOException {
    assertEquals("a\nb\n", text(ShellKind.SH, "a\r\nb"));
    assertEquals("@echo off\r\na\r\nb\r\n", text(ShellKind.CMD, "a\nb\r\n"));
    assertTrue(text(ShellKind.PWSH, "a").contains("\na\n"));
  }

  @Test
  void theShellsOfStagesAreNamedOnceEach() {
    Stage sh = stage("x").withDefault(ShellKind.SH);
    Stage list = JsonMapping.decode(Buffer.buffer("{\"run\": [\"p\"]}"), Stage.class);
    assertEquals("sh -e, none", ShellCommand.named(List.of(sh, list, sh)));
  }

  private String text(ShellKind shell, String script) throws IOException {
    return Files.readString(ScriptFile.write(dir.resolve("f"), shell, script));
  }

  private static Stage stage(String run) {
    return StageBuilder.builder().run(StageScript.of(run)).build();
  }

  private static ShellCommand of(ShellKind shell, OperatingSystem operatingSystem, String present) {
    return ShellCommand.of(
        shell,
        operatingSystem,
        name ->
            List.of(present.split(" ")).contains(name)
                ? Optional.of(Path.of("/bin", name))
                : Optional.empty());
  }
}
