package io.cta.agent.fetch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks once that this machine has a git that takes settings by variables. Any thread. */
final class GitVersion {
  private static final Pattern TEXT = Pattern.compile("git version (\\d+)\\.(\\d+)");
  private static final int MAJOR = 2;
  private static final int MINOR = 31;

  private volatile boolean good;

  /**
   * @throws FetchFailed when there is no git, or one that is too old
   */
  void require(CommandRunner commands, Path cwd) throws FetchFailed, InterruptedException {
    if (good) {
      return;
    }
    String text = text(commands, cwd);
    if (!isGood(text)) {
      throw FetchFailed.ofMachine(
          "git inputs and outputs need git 2.31 or newer, and this machine has "
              + (text.isEmpty() ? "none on its PATH" : text));
    }
    good = true;
  }

  static boolean isGood(String text) {
    Matcher m = TEXT.matcher(text);
    if (!m.find()) {
      return false;
    }
    int major = Integer.parseInt(m.group(1));
    return major > MAJOR || major == MAJOR && Integer.parseInt(m.group(2)) >= MINOR;
  }

  private static String text(CommandRunner commands, Path cwd) throws InterruptedException {
    try {
      CommandRunner.CommandOutcome outcome = commands.run(List.of("git", "version"), cwd, Map.of());
      return outcome.exit() == 0 ? outcome.output().strip() : "";
    } catch (IOException notStarted) {
      return "";
    }
  }
}
