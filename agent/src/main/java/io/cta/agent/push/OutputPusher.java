package io.cta.agent.push;

import io.cta.agent.artifact.ArtifactStaging;
import io.cta.agent.artifact.AttemptWarnings;
import io.cta.agent.fetch.CommandRunner;
import io.cta.agent.fetch.FetchSettings;
import io.cta.agent.fetch.InputSecrets;
import io.cta.agent.journal.StagedArtifact;
import io.cta.agent.journal.TaskJournal;
import io.cta.agent.s3.S3Defaults;
import io.cta.domain.Repository;
import io.cta.time.MonotonicClock;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Pushes the results and the staged artifacts of an attempt to the outputs of its suite, one after
 * the other. How each came out is a line of the task's output; one that is not whole is a warning
 * of the attempt. Blocks; the attempt's own thread.
 */
public final class OutputPusher {
  private static final int MAX_TRIES = 6;
  private static final int MAX_FAILED_FILES = 3;
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long STEP_MILLIS = 100;

  private final S3Defaults s3;
  private final S3Target.Sizes sizes;
  private final FetchSettings git;
  private final MonotonicClock ticker;

  /**
   * @param git what the operator of the machine allows git to do
   */
  public OutputPusher(S3Defaults s3, FetchSettings git, MonotonicClock ticker) {
    this(s3, S3Target.Sizes.USUAL, git, ticker);
  }

  OutputPusher(S3Defaults s3, S3Target.Sizes sizes, FetchSettings git, MonotonicClock ticker) {
    this.s3 = s3;
    this.sizes = sizes;
    this.git = git;
    this.ticker = ticker;
  }

  /**
   * Pushes everything; returns when each output has come out one way or the other.
   *
   * @param end what is to be said of the attempt, without secrets
   * @param limit for all of it
   * @param stop asked on the way; once it returns true, the rest is given up
   * @param commands runs programs until then, and takes lines for the output of the task
   */
  public void push(
      TaskJournal journal,
      InputSecrets secrets,
      JsonObject end,
      AttemptWarnings warnings,
      Duration limit,
      BooleanSupplier stop,
      CommandRunner commands)
      throws IOException {
    long begun = ticker.nanos();
    BooleanSupplier over = () -> stop.getAsBoolean() || ticker.nanos() - begun > limit.toNanos();
    List<PushFile> files = files(journal, end);
    OutputTargets targets =
        new OutputTargets(
            secrets,
            s3,
            sizes,
            git,
            journal.dir().resolve("uploads"),
            OutputNames.title(journal.run()),
            () -> check(over),
            commands);
    List<Repository> outputs = journal.run().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      String what = "output " + name(outputs.get(i));
      try {
        Tally tally = push(targets, outputs.get(i), files, over);
        if (tally.reason == null) {
          commands.say("cta: " + what + ": " + tally.text());
        } else {
          warnings.add(null, what + " not pushed: " + tally.text() + "; " + tally.reason);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** How far an output has come. */
  private static final class Tally {
    private final int all;
    private int pushed;
    private int there;
    private int failed;
    private String reason;

    Tally(int all) {
      this.all = all;
    }

    void fail(String why) {
      failed++;
      reason = reason == null ? why : reason;
    }

    void failAll(String why) {
      pushed = 0;
      fail(why);
    }

    String text() {
      String before = there == 0 ? "" : ", " + there + " were there";
      return pushed + " of " + all + " files pushed" + before;
    }
  }

  private Tally push(
      OutputTargets targets, Repository output, List<PushFile> files, BooleanSupplier over)
      throws InterruptedException {
    Tally tally = new Tally(files.size());
    try (OutputTarget target = targets.open(output)) {
      push(target, files, over, tally);
    } catch (IOException e) {
      tally.fail(text(e));
    }
    return tally;
  }

  private void push(OutputTarget target, List<PushFile> files, BooleanSupplier over, Tally tally)
      throws InterruptedException {
    for (PushFile file : files) {
      if (tally.failed == MAX_FAILED_FILES) {
        break; // the others would very likely end like that
      }
      try {
        if (tried(() -> target.push(file), over)) {
          tally.pushed++;
        } else {
          tally.there++;
        }
      } catch (OutOfTime e) {
        target.abandon(file);
        tally.fail(file.name() + ": " + e.getMessage());
        break;
      } catch (IOException e) {
        target.abandon(file);
        tally.fail(file.name() + ": " + text(e));
      }
    }
    if (tally.failed == 0) {
      finish(target, over, tally);
    }
  }

  private void finish(OutputTarget target, BooleanSupplier over, Tally tally)
      throws InterruptedException {
    try {
      int there = tried(target::finish, over);
      tally.pushed -= there;
      tally.there += there;
    } catch (OutOfTime e) {
      tally.failAll(e.getMessage());
    } catch (IOException e) {
      tally.failAll(text(e));
    }
  }

  @FunctionalInterface
  private interface Step<T> {
    T take() throws IOException, InterruptedException;
  }

  private <T> T tried(Step<T> step, BooleanSupplier over) throws IOException, InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    for (int tries = 1; ; tries++) {
      check(over);
      try {
        return step.take();
      } catch (IOException e) {
        boolean mayPass = !(e instanceof PushFailed failed) || failed.isTemporary();
        if (!mayPass || tries == MAX_TRIES) {
          throw e;
        }
      }
      for (long waited = 0; waited < pause; waited += STEP_MILLIS) {
        check(over);
        TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
      }
      pause *= 2;
    }
  }

  private static List<PushFile> files(TaskJournal journal, JsonObject end) throws IOException {
    OutputNames names = new OutputNames(journal.run());
    Map<String, PushFile> files = new LinkedHashMap<>();
    for (StagedArtifact artifact : journal.staged()) {
      // the same file of the same test again takes the place of the earlier one
      String name = names.of(artifact);
      files.put(
          name,
          new PushFile(
              name,
              ArtifactStaging.content(journal, artifact),
              artifact.size(),
              artifact.sha256()));
    }
    List<PushFile> all = new ArrayList<>(files.values());
    // the last one: where it is, everything is
    all.add(ResultsFile.write(journal, end, names.results()));
    return all;
  }

  private static void check(BooleanSupplier over) throws OutOfTime {
    if (over.getAsBoolean()) {
      throw new OutOfTime();
    }
  }

  private static String name(Repository output) {
    return output.type().equals("local") ? output.path() : output.url();
  }

  private static String text(IOException e) {
    return e instanceof PushFailed
        ? e.getMessage()
        : e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
