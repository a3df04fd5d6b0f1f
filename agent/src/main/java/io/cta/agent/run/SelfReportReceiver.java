package io.cta.agent.run;

import io.cta.agent.result.ReportedResult;
import io.cta.agent.result.ResultReceiver;
import io.cta.domain.Result;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Records the results that tests report, for the test that runs at that moment. */
final class SelfReportReceiver implements ResultReceiver {
  private final StatusWriter statuses;
  private final WorkerExecutor disk;
  private volatile RunningTest current;

  SelfReportReceiver(StatusWriter statuses, WorkerExecutor disk) {
    this.statuses = statuses;
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
  public void refused(Throwable why) {
    RunningTest test = current;
    if (test != null) {
      test.refused().add(why);
    }
  }
}
