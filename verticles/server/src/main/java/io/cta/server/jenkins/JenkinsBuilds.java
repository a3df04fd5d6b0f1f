package io.cta.server.jenkins;

import io.cta.domain.BuildProgress;
import io.cta.domain.BuildProgressBuilder;
import io.cta.domain.Forge;
import io.cta.domain.ForgeType;
import io.cta.error.ServiceFailure;
import io.cta.server.forges.ForgeTokens;
import io.cta.server.outgoing.OutgoingClient;
import io.cta.server.outgoing.OutgoingFailure;
import io.cta.server.outgoing.OutgoingUrl;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * Has jobs built and follows the builds, one step at a time; what is known between two steps is in
 * the {@link BuildProgress}. Safe from any event loop.
 */
public final class JenkinsBuilds {
  private final OutgoingClient client;
  private final ForgeTokens tokens;
  private final Duration timeout;

  /**
   * @param timeout of each request
   */
  public JenkinsBuilds(OutgoingClient client, ForgeTokens tokens, Duration timeout) {
    this.client = client;
    this.tokens = tokens;
    this.timeout = timeout;
  }

  /**
   * Makes the next step. Fails only when {@code asking} does.
   *
   * @param asking stores what is given to it before Jenkins is asked for a build: whoever makes the
   *     step after a crash then knows that there may be one
   */
  public Future<BuildStep> next(
      Forge forge,
      BuildRequest request,
      BuildProgress progress,
      Instant now,
      Function<BuildProgress, Future<Void>> asking) {
    JenkinsSession session;
    try {
      session = session(forge, now);
    } catch (ServiceFailure e) {
      return Future.succeededFuture(BuildStep.failed(progress, e.getMessage()));
    }
    JobAddress job = new JobAddress(session.base(), request.job());
    if (progress.acceptedAt() == null) {
      Asked asked = new Asked(progress);
      return new BuildStarter(session, job, request, progress, next -> asked.store(next, asking))
          .start()
          .recover(e -> unless(e, asked.progress, "", Duration.ZERO));
    }
    return new BuildFollower(session, job, request.executionId())
        .look(progress)
        .recover(
            e ->
                unless(
                    e,
                    progress,
                    "it cannot be followed any more: ",
                    BuildPauses.after(progress.acceptedAt(), now)))
        .map(step -> inTime(step, request, now));
  }

  /** What was stored last. */
  private static final class Asked {
    private BuildProgress progress;

    Asked(BuildProgress progress) {
      this.progress = progress;
    }

    Future<Void> store(BuildProgress next, Function<BuildProgress, Future<Void>> asking) {
      return asking.apply(next).onSuccess(stored -> progress = next);
    }
  }

  private JenkinsSession session(Forge forge, Instant now) {
    if (forge.type() != ForgeType.JENKINS || forge.user() == null) {
      throw ServiceFailure.invalid("forge", forge.name() + " is no longer a Jenkins");
    }
    String token =
        tokens
            .newest(forge)
            .orElseThrow(() -> ServiceFailure.invalid("forge", "the forge has no token yet"));
    OutgoingUrl base = OutgoingUrl.parse("url", forge.url());
    return new JenkinsSession(client, base, forge.user(), token, timeout, now);
  }

  /** What may pass is tried again: asking by the schedule of messages, looking until its end. */
  private static Future<BuildStep> unless(
      Throwable e, BuildProgress progress, String ended, Duration lookAgain) {
    boolean unreadable = e instanceof ClassCastException || e instanceof NullPointerException;
    boolean known = e instanceof JenkinsFailure || e instanceof OutgoingFailure || unreadable;
    if (!known) {
      return Future.failedFuture(e);
    }
    String text = unreadable ? "it answered something else than Jenkins does" : e.getMessage();
    if (e instanceof JenkinsFailure failure && !failure.passing()) {
      return Future.succeededFuture(BuildStep.failed(progress, ended + text));
    }
    Duration wish = e instanceof JenkinsFailure failure ? failure.pause() : Duration.ZERO;
    boolean looking = progress.acceptedAt() != null;
    return Future.succeededFuture(
        new BuildStep(
            looking ? BuildStep.Kind.FOLLOW : BuildStep.Kind.RETRY,
            looking ? BuildProgressBuilder.builder(progress).trouble(text).build() : progress,
            wish.compareTo(lookAgain) > 0 ? wish : lookAgain,
            text));
  }

  private static BuildStep inTime(BuildStep step, BuildRequest request, Instant now) {
    boolean late = !now.isBefore(step.progress().until());
    return step.kind() == BuildStep.Kind.FOLLOW && late
        ? BuildStep.failed(
            step.progress(),
            "not over "
                + request.follow().toMinutes()
                + " min after Jenkins took it, and no longer followed "
                + step.text())
        : step;
  }
}
