package io.cta.agent.push;

import io.cta.agent.artifact.ArtifactStaging;
import io.cta.agent.artifact.AttemptWarnings;
import io.cta.agent.fetch.CommandRunner;
import io.cta.agent.fetch.FetchSettings;
import io.cta.agent.fetch.InputSecrets;
import io.cta.agent.http.StopCheck;
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
import java.util.function.BooleanSupplier;

/**
 * Pushes the results and the staged artifacts of an attempt to the outputs of its suite, one after
 * the other. How each came out is a line of the task's output; one that is not whole is a warning
 * of the attempt. Blocks; the attempt's own thread.
 */
public final class OutputPusher {
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
    StopCheck stopCheck = () -> check(over);
    List<PushFile> files = files(journal, end);
    OutputTargets targets =
        new OutputTargets(
            secrets,
            s3,
            sizes,
            git,
            journal.dir().resolve("uploads"),
            OutputNames.title(journal.run()),
            stopCheck,
            commands);
    List<Repository> outputs = journal.run().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      String what = "output " + name(outputs.get(i));
      try {
        PushTally tally = push(targets, outputs.get(i), files, stopCheck);
        if (tally.isWhole()) {
          commands.say("cta: " + what + ": " + tally.text());
        } else {
          warnings.add(null, what + " not pushed: " + tally.text() + "; " + tally.reason());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static PushTally push(
      OutputTargets targets, Repository output, List<PushFile> files, StopCheck stop)
      throws InterruptedException {
    PushTally tally = new PushTally(files.size());
    try (OutputTarget target = targets.open(output)) {
      new TargetPush(target, stop, tally).push(files);
    } catch (IOException e) {
      tally.fail(PushFailed.text(e));
    }
    return tally;
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
}
