package io.cta.agent.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Runs programs as they are, and remembers commands, pauses and lines. It never stops them. */
public final class PlainCommandRunner implements CommandRunner {
  public final List<Duration> pauses = new ArrayList<>();
  public final List<String> lines = new ArrayList<>();
  public final List<List<String>> commands = new CopyOnWriteArrayList<>();
  private final Map<String, String> env = new HashMap<>();
  private Consumer<Process> started = process -> {};

  /** Every program gets this variable, too. */
  public PlainCommandRunner with(String name, String value) {
    env.put(name, value);
    return this;
  }

  /** What is done with every process as soon as it has started. */
  public PlainCommandRunner onStart(Consumer<Process> action) {
    started = action;
    return this;
  }

  @Override
  public CommandOutcome run(List<String> command, Path cwd, Map<String, String> more, Path input)
      throws IOException, InterruptedException {
    commands.add(command);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(cwd.toFile()).redirectErrorStream(true);
    builder.environment().putAll(env);
    builder.environment().putAll(more);
    if (input != null) {
      builder.redirectInput(input.toFile());
    }
    Process process = builder.start();
    process.getOutputStream().close();
    started.accept(process);
    try (InputStream in = process.getInputStream()) {
      String output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new CommandOutcome(process.waitFor(), output);
    }
  }

  /** How often git was called with that command. */
  public long count(String gitCommand) {
    return commands.stream().filter(c -> c.size() > 1 && c.get(1).equals(gitCommand)).count();
  }

  @Override
  public void check() {}

  @Override
  public void pause(Duration length) {
    pauses.add(length);
  }

  @Override
  public void say(String line) {
    lines.add(line);
  }
}
