package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Somebody's checkout of a repository at a Gitea, with one script in it, {@code check.sh}. */
final class GiteaWorkTree {
  private final Path dir;
  private final String token;
  private final String url;

  GiteaWorkTree(Path dir, GiteaServer gitea, String repository) throws Exception {
    this.dir = Files.createDirectories(dir);
    token = gitea.client().token();
    url = gitea.url() + "/" + GiteaServer.USER + "/" + repository + ".git";
    git("init", "-q", "-b", "main");
  }

  /** Commits the script on what was committed last and pushes that; returns the commit's id. */
  String push(String branch, String script) throws Exception {
    Files.writeString(dir.resolve("check.sh"), script + "\n");
    git("add", "check.sh");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", script);
    git("push", "-q", url, "HEAD:refs/heads/" + branch);
    return git("rev-parse", "HEAD").strip();
  }

  /** Puts a branch to a commit, wherever it was. */
  void force(String branch, String commit) throws Exception {
    git("push", "-q", "--force", url, commit + ":refs/heads/" + branch);
  }

  private String git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of("-c", "http.extraHeader=Authorization: token " + token));
    command.addAll(Arrays.asList(arguments));
    Path output = Files.createTempFile(dir.getParent(), "git", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    Process git = builder.start();
    try {
      assertTrue(git.waitFor(60, TimeUnit.SECONDS), () -> "git " + List.of(arguments));
      assertEquals(0, git.exitValue(), Files.readString(output));
      return Files.readString(output);
    } finally {
      git.destroyForcibly();
    }
  }
}
