package io.cta.agent.process;

import io.cta.domain.ShellKind;
import io.cta.domain.Stage;
import io.cta.domain.StageScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The command that runs a script. Without a shell given it is bash where that is installed, because
 * it reports failures inside a pipe; else the shell of the platform.
 */
public final class ShellCommand {
  /** Found once: messages are made on an event loop, and the PATH does not change. */
  private static final ShellKind BY_DEFAULT =
      byDefault(OperatingSystem.CURRENT, ProgramFinder::find);

  private final ShellKind shell;
  private final Function<String, Optional<Path>> programs;

  private ShellCommand(ShellKind shell, Function<String, Optional<Path>> programs) {
    this.shell = shell;
    this.programs = programs;
  }

  public static ShellCommand of(ShellKind wanted) {
    return new ShellCommand(wanted == null ? BY_DEFAULT : wanted, ProgramFinder::find);
  }

  static ShellCommand of(
      ShellKind wanted,
      OperatingSystem operatingSystem,
      Function<String, Optional<Path>> programs) {
    return new ShellCommand(
        wanted == null ? byDefault(operatingSystem, programs) : wanted, programs);
  }

  private static ShellKind byDefault(
      OperatingSystem operatingSystem, Function<String, Optional<Path>> programs) {
    if (operatingSystem == OperatingSystem.WINDOWS) {
      return ShellKind.CMD;
    }
    return programs.apply("bash").isPresent() ? ShellKind.BASH : ShellKind.SH;
  }

  /**
   * The shells that run the scripts of these stages, for people: each once, in the order of the
   * stages.
   */
  public static String named(List<Stage> stages) {
    return stages.stream()
        .map(stage -> of(stage.shell()).toString())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /**
   * Writes a script to a file and returns the command that runs it.
   *
   * @param name of the file, to which its extension is added
   * @throws IOException when it cannot be written, or its shell is not on this machine
   */
  public List<String> script(Path dir, String name, StageScript script) throws IOException {
    if (shell == ShellKind.NONE) {
      return script.command();
    }
    List<String> command = new ArrayList<>();
    command.add(program());
    command.addAll(options());
    command.add(ScriptFile.write(dir.resolve(name), shell, script.text()).toString());
    return command;
  }

  private List<String> options() {
    return switch (shell) {
      case BASH -> List.of("-eo", "pipefail");
      case SH -> List.of("-e");
      case PWSH -> List.of("-NoProfile", "-NonInteractive", "-File");
      case CMD -> List.of("/d", "/c");
      case PYTHON -> List.of("-u");
      case NONE -> List.of();
    };
  }

  private String program() throws IOException {
    for (String name : names()) {
      Optional<Path> found = programs.apply(name);
      if (found.isPresent()) {
        return found.get().toString();
      }
    }
    throw new IOException(names().get(0) + " is not on the PATH of this machine's agent");
  }

  private List<String> names() {
    return shell == ShellKind.PYTHON ? List.of("python3", "python") : List.of(shell.wire());
  }

  /** As people would type it, without the file. */
  @Override
  public String toString() {
    return shell == ShellKind.NONE
        ? shell.wire()
        : names().get(0) + " " + String.join(" ", options());
  }
}
