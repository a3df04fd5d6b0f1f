package io.cta.server.jenkins;

import io.cta.domain.BuildProgress;
import io.cta.domain.BuildProgressBuilder;
import io.cta.server.forges.StatusApi;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/** Looks how far a build is that Jenkins has taken: in its queue, then at the build. */
final class BuildFollower {
  /** How long a build may stay out of sight that Jenkins took without saying where. */
  private static final Duration SEARCH = Duration.ofMinutes(5);

  private final JenkinsSession session;
  private final JobAddress job;
  private final String executionId;

  BuildFollower(JenkinsSession session, JobAddress job, String executionId) {
    this.session = session;
    this.job = job;
    this.executionId = executionId;
  }

  Future<BuildStep> look(BuildProgress progress) {
    if (progress.number() != null) {
      return build(progress);
    }
    return progress.queueItem() != null ? item(progress) : searched(progress);
  }

  private Future<BuildStep> build(BuildProgress progress) {
    int number = progress.number();
    return session
        .readIfThere(job.at("/" + number), "building,result")
        .map(
            found -> {
              if (found == null) {
                return BuildStep.failed(
                    progress, "unknown: build #" + number + " is no longer there");
              }
              String result = found.getString("result");
              if (result == null || Boolean.TRUE.equals(found.getBoolean("building"))) {
                return follow(progress);
              }
              BuildProgress over = BuildProgressBuilder.builder(progress).result(result).build();
              return result.equals("SUCCESS")
                  ? new BuildStep(BuildStep.Kind.SUCCEEDED, over, Duration.ZERO, result)
                  : BuildStep.failed(over, result);
            });
  }

  private Future<BuildStep> item(BuildProgress progress) {
    String path = "/queue/item/" + progress.queueItem();
    return session
        .readIfThere(
            StatusApi.below(session.base(), path), "id,why,cancelled,blocked,executable[number]")
        .compose(
            found ->
                found == null ? vanished(progress) : Future.succeededFuture(left(progress, found)));
  }

  private BuildStep left(BuildProgress progress, JsonObject item) {
    if (Boolean.TRUE.equals(item.getBoolean("cancelled"))) {
      return BuildStep.failed(progress, "cancelled in the queue");
    }
    JsonObject executable = item.getJsonObject("executable");
    Integer number = executable == null ? null : executable.getInteger("number");
    return number == null
        ? follow(progress)
        : follow(
            BuildProgressBuilder.builder(progress).number(number).url(job.page(number)).build());
  }

  /** Jenkins forgets an item five minutes after it has left the queue. */
  private Future<BuildStep> vanished(BuildProgress progress) {
    return new BuildFinder(session, job)
        .byQueueItem(progress)
        .map(
            found ->
                found
                    .map(this::follow)
                    .orElseGet(
                        () ->
                            BuildStep.failed(
                                progress,
                                "unknown: queue item "
                                    + progress.queueItem()
                                    + " is no longer there, and no build came from it")));
  }

  private Future<BuildStep> searched(BuildProgress progress) {
    boolean last = !session.now().isBefore(progress.acceptedAt().plus(SEARCH));
    return new BuildFinder(session, job)
        .byExecution(progress, executionId)
        .map(
            found ->
                found.isEmpty() && last
                    ? BuildStep.failed(
                        progress,
                        "Jenkins did not say where it put it, and no build with "
                            + BuildRequest.EXECUTION
                            + " of this execution is there: it cannot be followed")
                    : follow(found.orElse(progress)));
  }

  private BuildStep follow(BuildProgress progress) {
    Instant now = session.now();
    Duration pause = BuildPauses.after(progress.acceptedAt(), now);
    Duration left = Duration.between(now, progress.until());
    return new BuildStep(
        BuildStep.Kind.FOLLOW,
        BuildProgressBuilder.builder(progress).trouble(null).build(),
        left.compareTo(pause) < 0 && !left.isNegative() ? left : pause,
        "");
  }
}
