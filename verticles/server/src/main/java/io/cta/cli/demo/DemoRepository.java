package io.cta.cli.demo;

import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A git repository with a small test, made with the machine's git. */
public final class DemoRepository {
  private static final int MAX_SECONDS = 30;
  private static final String TEST =
      """
      # Greets, and reports on it as real test tools do.
      mkdir -p reports
      cat > reports/greeting.xml <<REPORT
      <testsuite name="greeting" tests="2">
        <testcase classname="Greeting" name="knows its machine"/>
        <testcase classname="Greeting" name="knows its commit"/>
      </testsuite>
      REPORT
      echo "hello from $CTA_MACHINE, at $(cat made-at)"
      """;

  private final Path directory;

  private DemoRepository(Path directory) {
    this.directory = directory;
  }

  /** Makes it, or one more commit if it is there. */
  public static DemoRepository make(Path directory) {
    DemoRepository made = new DemoRepository(directory.toAbsolutePath());
    try {
      Files.createDirectories(made.directory);
      Files.writeString(made.directory.resolve("greet.sh"), TEST);
      Files.writeString(made.directory.resolve("made-at"), Instant.now() + "\n");
    } catch (IOException e) {
      throw new CliFailure(ExitCode.NOT_WRITTEN, "cannot write " + directory + ": " + e);
    }
    made.git("init", "--quiet");
    made.git("checkout", "--quiet", "-B", "main");
    made.git("add", ".");
    made.git(
        "-c",
        "user.name=CTA demo",
        "-c",
        "user.email=demo@localhost",
        "commit",
        "--quiet",
        "-m",
        "Greet");
    return made;
  }

  public Path directory() {
    return directory;
  }

  /** The commit that is to be tested. */
  public String commit() {
    return git("rev-parse", "HEAD").strip();
  }

  private String git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
    command.addAll(List.of(arguments));
    try {
      Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
      git.getOutputStream().close();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!git.waitFor(MAX_SECONDS, TimeUnit.SECONDS) || git.exitValue() != 0) {
        git.destroyForcibly();
        throw new CliFailure(ExitCode.FAULT, String.join(" ", command) + ": " + said.strip());
      }
      return said;
    } catch (IOException e) {
      throw new CliFailure(ExitCode.FAULT, "git cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.STILL_RUNNING, "interrupted");
    }
  }
}
