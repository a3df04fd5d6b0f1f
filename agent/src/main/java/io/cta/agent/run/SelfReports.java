package io.cta.agent.run;

import io.cta.agent.result.Report;
import io.cta.agent.result.ReportTarget;
import io.cta.domain.Result;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Takes what tests report of themselves, for the test that runs at that moment. */
final class SelfReports implements ReportTarget {
  private final Statuses statuses;
  private final WorkerExecutor disk;
  private volatile Running current;

  SelfReports(Statuses statuses, WorkerExecutor disk) {
    this.statuses = statuses;
    this.disk = disk;
  }

  void begin(Running test) {
    current = test;
  }

  void end() {
    current = null;
  }

  @Override
  public boolean accepts(String token) {
    Running test = current;
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
  public Future<Integer> record(Report report) {
    Running test = current;
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
  public void refused(Throwable why) {
    Running test = current;
    if (test != null) {
      test.refused().add(why);
    }
  }
}
