package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A repository on disk that a test fills by the machine's git. */
public final class GitRepository {
  private final Path dir;

  private GitRepository(Path dir) {
    this.dir = dir;
  }

  /** A new one, whose branch is main. */
  public static GitRepository at(Path dir) {
    try {
      Files.createDirectories(dir);
      GitRepository made = new GitRepository(dir);
      made.git("init", "-q", "-b", "main");
      made.git("config", "user.name", "t");
      made.git("config", "user.email", "t@example.org");
      return made;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** One that is there. */
  public static GitRepository in(Path dir) {
    return new GitRepository(dir);
  }

  public Path dir() {
    return dir;
  }

  /** Commits a file, and returns the commit's id. */
  public String commit(String file, String content) {
    try {
      Path path = dir.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    git("add", "-A");
    git("commit", "-q", "-m", content);
    return git("rev-parse", "HEAD");
  }

  /** Runs git here, and returns what it wrote. */
  public String git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-c", "protocol.file.allow=always"));
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.directory(dir.toFile()).redirectErrorStream(true);
      Process process = builder.start();
      String out =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      assertEquals(0, process.waitFor(), command + "\n" + out);
      return out;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
