package io.cta.agent.fetch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs git for one address, with its environment; no text of a failure has a secret. */
final class GitCommand {
  private static final String SSH = "GIT_SSH_COMMAND";

  /** What ssh -v says of the key that a server shows. */
  private static final Pattern SHOWN_KEY = Pattern.compile("Server host key: (\\S+ \\S+)");

  private final CommandRunner commands;
  private final GitAccess access;
  private final Map<String, String> env;
  private final boolean local;

  GitCommand(CommandRunner commands, GitAccess access, Map<String, String> env) {
    this(commands, access, env, false);
  }

  private GitCommand(
      CommandRunner commands, GitAccess access, Map<String, String> env, boolean local) {
    this.commands = commands;
    this.access = access;
    this.env = env;
    this.local = local;
  }

  /** The same without the network: only repositories of this machine are read. */
  GitCommand local() {
    Map<String, String> variables = new HashMap<>(env);
    variables.put("GIT_ALLOW_PROTOCOL", "file");
    return new GitCommand(commands, access, variables, true);
  }

  GitAccess access() {
    return access;
  }

  /** Runs git and returns what it wrote. */
  String run(Path cwd, String... arguments) throws IOException, GitFailure, InterruptedException {
    return run(cwd, List.of(arguments));
  }

  String run(Path cwd, List<String> arguments)
      throws IOException, GitFailure, InterruptedException {
    return run(cwd, arguments, null);
  }

  /**
   * @param input the file that git reads, or null
   */
  String run(Path cwd, List<String> arguments, Path input)
      throws IOException, GitFailure, InterruptedException {
    CommandRunner.CommandOutcome outcome = outcome(cwd, arguments, env, input);
    if (outcome.exit() != 0) {
      String output = outcome.output();
      GitFailure.Kind kind = local ? GitFailure.Kind.LOCAL : GitFailure.kind(output);
      if (kind == GitFailure.Kind.HOST_KEY) {
        output = hostKeyText(cwd) + "\n" + output;
      }
      throw new GitFailure(kind, name(arguments), hidden(output));
    }
    return outcome.output();
  }

  /**
   * Makes a repository, without anything that this machine puts into new ones.
   *
   * @param sha256 whether commits have 64 digits
   */
  void init(Path repository, boolean bare, boolean sha256)
      throws IOException, GitFailure, InterruptedException {
    List<String> init = new ArrayList<>(List.of("init", "-q", "--template="));
    if (bare) {
      init.add("--bare");
    }
    if (sha256) {
      init.add("--object-format=sha256");
    }
    init.add(repository.toString());
    run(repository.getParent(), init);
  }

  /** Whether git ends with 0. */
  boolean succeeds(Path cwd, String... arguments) throws IOException, InterruptedException {
    return outcome(cwd, List.of(arguments), env, null).exit() == 0;
  }

  /** Says to run the other side of a repository on this machine, too, whoever owns that. */
  List<String> localOptions() {
    return access.address().scheme().equals("file")
        ? List.of("--upload-pack=git -c 'safe.directory=*' upload-pack")
        : List.of();
  }

  private CommandRunner.CommandOutcome outcome(
      Path cwd, List<String> arguments, Map<String, String> variables, Path input)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(arguments);
    return commands.run(command, cwd, variables, input);
  }

  /** Asks once more, in many words: only then ssh tells the key that it does not take. */
  private String hostKeyText(Path cwd) throws IOException, InterruptedException {
    Map<String, String> verbose = new HashMap<>(env);
    verbose.put(SSH, env.get(SSH) + " -v");
    List<String> ask = List.of("ls-remote", "--", access.address().text(), "HEAD");
    Matcher shown = SHOWN_KEY.matcher(outcome(cwd, ask, verbose, null).output());
    return "host "
        + access.address().host()
        + (shown.find() ? " shows the key " + shown.group(1) + ", which" : " shows a key that")
        + (access.hostKeys().isEmpty()
            ? " this machine does not know"
            : " is not among \"hostKeys\" of the input");
  }

  /** The command without the settings before it. */
  private static String name(List<String> arguments) {
    int at = 0;
    while (at + 2 < arguments.size() && arguments.get(at).equals("-c")) {
      at += 2;
    }
    return arguments.get(at);
  }

  private String hidden(String text) {
    String out = text;
    for (String secret : access.hidden()) {
      out = out.replace(secret, "***");
    }
    return UrlSecrets.hidden(out);
  }
}
