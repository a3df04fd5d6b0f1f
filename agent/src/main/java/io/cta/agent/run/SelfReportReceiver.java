package io.cta.agent.run;

import io.cta.agent.artifact.ArtifactRefused;
import io.cta.agent.artifact.ArtifactStaging;
import io.cta.agent.artifact.AttemptWarnings;
import io.cta.agent.journal.StagedArtifact;
import io.cta.agent.result.ReportedResult;
import io.cta.agent.result.ResultReceiver;
import io.cta.domain.Result;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicLong;

/** Records the results and files that tests report, for the test that runs at that moment. */
final class SelfReportReceiver implements ResultReceiver {
  private final StatusWriter statuses;
  private final WorkerExecutor disk;
  private final ArtifactStaging staging;
  private final AttemptWarnings warnings;
  private final long maxFileBytes;
  private final AtomicLong received = new AtomicLong();
  private volatile RunningTest current;

  SelfReportReceiver(
      StatusWriter statuses,
      WorkerExecutor disk,
      ArtifactStaging staging,
      AttemptWarnings warnings,
      long maxFileBytes) {
    this.statuses = statuses;
    this.staging = staging;
    this.warnings = warnings;
    this.maxFileBytes = maxFileBytes;
    this.disk = disk;
  }

  void begin(RunningTest test) {
    current = test;
  }

  void end() {
    current = null;
  }

  @Override
  public boolean accepts(String token) {
    RunningTest test = current;
    return test != null
        && token != null
        && MessageDigest.isEqual(
            token.getBytes(StandardCharsets.UTF_8), test.token().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean running() {
    return current != null;
  }

  @Override
  public Future<Integer> record(ReportedResult report) {
    RunningTest test = current;
    if (test == null) {
      return Future.failedFuture(new ServiceFailure(ErrorCode.CONFLICT, "no test is running"));
    }
    return disk.executeBlocking(() -> statuses.report(test.test(), report), false)
        .onFailure(
            e -> {
              if (report.result() == Result.FAILED) {
                test.refused().addFailed();
              }
            });
  }

  @Override
  public long maxFileBytes() {
    return maxFileBytes;
  }

  @Override
  public Path incoming() {
    return staging.incoming(String.valueOf(received.incrementAndGet()));
  }

  @Override
  public Future<JsonObject> keep(String name, Path file) {
    RunningTest test = current;
    if (test == null) {
      return Future.failedFuture(new ServiceFailure(ErrorCode.CONFLICT, "no test is running"));
    }
    return disk.executeBlocking(() -> kept(test.test().id(), name, file), false);
  }

  private JsonObject kept(String testId, String name, Path file) throws IOException {
    try {
      StagedArtifact staged = staging.take(testId, name, file);
      return new JsonObject()
          .put("path", staged.path())
          .put("size", staged.size())
          .put("sha256", staged.sha256());
    } catch (ArtifactRefused e) {
      warnings.add(testId, "artifact not kept: " + name + ": " + e.getMessage());
      throw ServiceFailure.invalid("name", "is not kept: " + e.getMessage());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void refused(Throwable why) {
    RunningTest test = current;
    if (test != null) {
      test.refused().add(why);
    }
  }
}
