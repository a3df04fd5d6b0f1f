package io.cta.agent.fetch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs the programs that fetching needs; ends them when the attempt is to stop. */
public interface CommandRunner {
  /**
   * @param output the end of what the command wrote, 256 KiB at most
   */
  record CommandOutcome(int exit, String output) {}

  /**
   * Runs a command to its end. Ends the command and throws when the attempt is to stop.
   *
   * @param env variables that are added to those that every command gets
   * @param input the file that it reads, or null for an empty one
   */
  CommandOutcome run(List<String> command, Path cwd, Map<String, String> env, Path input)
      throws IOException, InterruptedException;

  /** As {@link #run(List, Path, Map, Path)}, without input. */
  default CommandOutcome run(List<String> command, Path cwd, Map<String, String> env)
      throws IOException, InterruptedException {
    return run(command, cwd, env, null);
  }

  /** Throws when the attempt is to stop. */
  void check() throws InterruptedException;

  /** Waits; throws as soon as the attempt is to stop. */
  void pause(Duration length) throws InterruptedException;

  /** Adds a line to the task's output. */
  void say(String line);
}
