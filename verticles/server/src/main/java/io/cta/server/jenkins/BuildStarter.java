package io.cta.server.jenkins;

import io.cta.domain.BuildProgress;
import io.cta.domain.BuildProgressBuilder;
import io.cta.server.jenkins.JenkinsSession.Crumb;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks for a build, after a look for the one that an earlier attempt may have begun. */
final class BuildStarter {
  private static final String TREE =
      "buildable,property[parameterDefinitions[name]],actions[parameterDefinitions[name]]";

  private final JenkinsSession session;
  private final JobAddress job;
  private final BuildRequest request;
  private final BuildProgress progress;
  private final Function<BuildProgress, Future<Void>> asking;

  /**
   * @param asking stores that Jenkins is about to be asked; nothing is posted before it completes
   */
  BuildStarter(
      JenkinsSession session,
      JobAddress job,
      BuildRequest request,
      BuildProgress progress,
      Function<BuildProgress, Future<Void>> asking) {
    this.session = session;
    this.job = job;
    this.request = request;
    this.asking = asking;
    this.progress = progress;
  }

  Future<BuildStep> start() {
    return there()
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(accepted(found.get(), "found again"))
                    : checked()
                        .compose(fine -> session.crumb())
                        .compose(crumb -> ask(crumb, true)));
  }

  private Future<Optional<BuildProgress>> there() {
    return progress.askedAt() == null
        ? Future.succeededFuture(Optional.empty())
        : new BuildFinder(session, job)
            .byExecution(progress, request.executionId())
            .recover(
                e ->
                    e instanceof JenkinsFailure known
                        ? Future.failedFuture(
                            new JenkinsFailure(
                                "it may have been begun, which cannot be found out: "
                                    + known.getMessage(),
                                known.passing(),
                                known.pause()))
                        : Future.failedFuture(e));
  }

  /** Jenkins drops parameters that a job does not declare, and says nothing of it. */
  private Future<Void> checked() {
    return session
        .read(job.at(""), TREE)
        .map(
            read -> {
              if (!Boolean.TRUE.equals(read.getBoolean("buildable"))) {
                throw refusal(request.job() + " is switched off, or no job that can be built");
              }
              Set<String> declared =
                  Stream.of("property", "actions")
                      .flatMap(field -> BuildFinder.objects(read, field))
                      .flatMap(one -> BuildFinder.objects(one, "parameterDefinitions"))
                      .map((JsonObject one) -> one.getString("name", ""))
                      .collect(Collectors.toSet());
              for (String name : request.allParameters().keySet()) {
                if (!declared.contains(name)) {
                  throw refusal(
                      request.job() + " declares no parameter " + name + ", and would not get it");
                }
              }
              return null;
            });
  }

  private static JenkinsFailure refusal(String text) {
    return new JenkinsFailure(text, false, Duration.ZERO);
  }

  /**
   * @param renew true when a crumb that is refused may be replaced by another one
   */
  private Future<BuildStep> ask(Crumb crumb, boolean renew) {
    BuildProgress asked =
        progress.askedAt() != null
            ? progress
            : BuildProgressBuilder.builder(progress).askedAt(session.now()).build();
    return asking
        .apply(asked)
        .compose(
            stored ->
                session.start(
                    job.at("/buildWithParameters?delay=0sec"), request.allParameters(), crumb))
        .compose(
            answer ->
                switch (answer.kind()) {
                  case OK, QUEUED, SOMEWHERE ->
                      Future.succeededFuture(
                          accepted(
                              BuildProgressBuilder.builder(asked)
                                  .queueItem(answer.queueItem())
                                  .build(),
                              answer.text()));
                  case NO_CRUMB ->
                      renew
                          ? session.crumb().compose(other -> ask(other, false))
                          : Future.succeededFuture(BuildStep.failed(asked, answer.text()));
                  case RETRY ->
                      Future.succeededFuture(
                          new BuildStep(
                              BuildStep.Kind.RETRY, asked, answer.pause(), answer.text()));
                  case REFUSED -> Future.succeededFuture(BuildStep.failed(asked, answer.text()));
                });
  }

  private BuildStep accepted(BuildProgress taken, String text) {
    BuildProgress next =
        BuildProgressBuilder.builder(taken)
            .acceptedAt(session.now())
            .until(session.now().plus(request.follow()))
            .url(taken.url() == null ? job.page() : taken.url())
            .build();
    return new BuildStep(
        BuildStep.Kind.FOLLOW, next, BuildPauses.after(session.now(), session.now()), text);
  }
}
