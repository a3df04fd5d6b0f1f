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

/**
 * The command that runs a script. Where nobody says with what: bash where it is, as it sees what
 * fails inside a pipe; else the shell of the platform.
 */
public final class ShellCommand {
  private final Shell shell;
  private final List<String> options;
  private final Function<String, Optional<Path>> programs;

  private ShellCommand(
      Shell shell, List<String> options, Function<String, Optional<Path>> programs) {
    this.shell = shell;
    this.options = options;
    this.programs = programs;
  }

  public static ShellCommand of(Shell wanted) {
    return of(wanted, Os.CURRENT, OnPath::find);
  }

  static ShellCommand of(Shell wanted, Os os, Function<String, Optional<Path>> programs) {
    Shell shell = wanted == null ? byDefault(os, programs) : wanted;
    List<String> options =
        switch (shell) {
          case BASH -> List.of("-eo", "pipefail");
          case SH -> List.of("-e");
          case PWSH -> List.of("-NoProfile", "-NonInteractive", "-File");
          case CMD -> List.of("/d", "/c");
          case PYTHON -> List.of("-u");
          case NONE -> List.of();
        };
    return new ShellCommand(shell, options, programs);
  }

  private static Shell byDefault(Os os, Function<String, Optional<Path>> programs) {
    if (os == Os.WINDOWS) {
      return Shell.CMD;
    }
    return programs.apply("bash").isPresent() ? Shell.BASH : Shell.SH;
  }

  /** What runs the scripts of these stages, for people: each once, in the order of the stages. */
  public static String named(List<Stage> stages) {
    return String.join(
        ", ", stages.stream().map(stage -> of(stage.shell()).toString()).distinct().toList());
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
    command.addAll(options);
    command.add(ScriptFile.write(dir.resolve(name), shell, script.text()).toString());
    return command;
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
    return shell == Shell.NONE
        ? shell.wire()
        : names().get(0) + (options.isEmpty() ? "" : " " + String.join(" ", options));
  }
}
