package io.cta.cli;

import io.cta.cli.client.ExitCode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: prints what makes a shell complete the words of these commands. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Print a script that makes a shell complete the words of these commands.",
    footer = {
      "",
      "bash: eval \"$(cta completion bash)\"    zsh: eval \"$(cta completion zsh)\"",
      "fish: cta completion fish | source"
    })
final class CompletionCommand implements Callable<Integer> {
  /** The shells that are known. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
  private Shell shell;

  @Override
  public Integer call() {
    CommandLine program = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    // the script for bash loads what zsh needs to run it
    out.print(shell == Shell.fish ? fish(program) : AutoComplete.bash("cta", program));
    out.flush();
    return ExitCode.OK;
  }

  private static String fish(CommandLine program) {
    StringBuilder out = new StringBuilder("complete -c cta -f\n");
    for (Map.Entry<String, CommandLine> one : program.getSubcommands().entrySet()) {
      CommandSpec command = one.getValue().getCommandSpec();
      out.append("complete -c cta -n __fish_use_subcommand -a ")
          .append(one.getKey())
          .append(" -d ")
          .append(quoted(first(command.usageMessage().description())))
          .append('\n');
      options(out, one.getKey(), command);
      command
          .subcommands()
          .forEach(
              (name, below) ->
                  out.append("complete -c cta -n '__fish_seen_subcommand_from ")
                      .append(one.getKey())
                      .append("' -a ")
                      .append(name)
                      .append(" -d ")
                      .append(quoted(first(below.getCommandSpec().usageMessage().description())))
                      .append('\n'));
    }
    return out.toString();
  }

  private static void options(StringBuilder out, String command, CommandSpec spec) {
    for (OptionSpec option : spec.options()) {
      if (option.hidden()) {
        continue;
      }
      out.append("complete -c cta -n '__fish_seen_subcommand_from ").append(command).append('\'');
      for (String name : option.names()) {
        out.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
      }
      out.append(option.arity().max() > 0 ? " -r -F" : "")
          .append(" -d ")
          .append(quoted(first(option.description())))
          .append('\n');
    }
  }

  private static String first(String[] description) {
    return description.length == 0 ? "" : description[0];
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
