package io.cta.agent.process;

import io.cta.domain.Script;
import io.cta.domain.Shell;
import io.cta.domain.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The command that runs a script. Where nobody says with what: bash where it is, as it sees what
 * fails inside a pipe; else the shell of the platform.
 */
public final class ShellCommand {
  /** Looked for once: messages are made on an event loop, and the PATH does not change. */
  private static final Shell BY_DEFAULT = byDefault(Os.CURRENT, OnPath::find);

  private final Shell shell;
  private final Function<String, Optional<Path>> programs;

  private ShellCommand(Shell shell, Function<String, Optional<Path>> programs) {
    this.shell = shell;
    this.programs = programs;
  }

  public static ShellCommand of(Shell wanted) {
    return new ShellCommand(wanted == null ? BY_DEFAULT : wanted, OnPath::find);
  }

  static ShellCommand of(Shell wanted, Os os, Function<String, Optional<Path>> programs) {
    return new ShellCommand(wanted == null ? byDefault(os, programs) : wanted, programs);
  }

  private static Shell byDefault(Os os, Function<String, Optional<Path>> programs) {
    if (os == Os.WINDOWS) {
      return Shell.CMD;
    }
    return programs.apply("bash").isPresent() ? Shell.BASH : Shell.SH;
  }

  /** What runs the scripts of these stages, for people: each once, in the order of the stages. */
  public static String named(List<Stage> stages) {
    return stages.stream()
        .map(stage -> of(stage.shell()).toString())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /**
   * Writes a script to a file and says how to run it.
   *
   * @param name of the file, to which its ending is added
   * @throws IOException when it cannot be written, or its shell is not on this machine
   */
  public List<String> script(Path dir, String name, Script script) throws IOException {
    if (shell == Shell.NONE) {
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
    return shell == Shell.PYTHON ? List.of("python3", "python") : List.of(shell.wire());
  }

  /** As people would type it, without the file. */
  @Override
  public String toString() {
    return shell == Shell.NONE ? shell.wire() : names().get(0) + " " + String.join(" ", options());
  }
}
