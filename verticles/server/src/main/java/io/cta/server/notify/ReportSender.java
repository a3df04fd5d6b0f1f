package io.cta.server.notify;

import io.cta.domain.Forge;
import io.cta.error.ServiceFailure;
import io.cta.server.forges.CommitStatus;
import io.cta.server.forges.ForgeAnswer;
import io.cta.server.forges.ForgeTokens;
import io.cta.server.forges.ListedStatus;
import io.cta.server.forges.StatusApi;
import io.cta.server.outgoing.OutgoingAnswer;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sends commit statuses and finds out what became of them. Safe from any event loop. */
final class ReportSender {
  /**
   * What came of an attempt.
   *
   * @param status of the answer that counted; null when the forge was asked and has it
   */
  record Sent(ForgeAnswer answer, Integer status) {}

  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  private final ForgeClient client;
  private final ForgeTokens tokens;

  ReportSender(ForgeClient client, ForgeTokens tokens) {
    this.client = client;
    this.tokens = tokens;
  }

  /**
   * Fails, with a text for people, when no answer came.
   *
   * @param uncertain true when an earlier attempt may have arrived: then the forge is asked first
   */
  Future<Sent> send(CommitStatus status, Forge forge, boolean uncertain, Instant now) {
    StatusApi api;
    Optional<String> token;
    Optional<String> newest;
    try {
      api = StatusApi.of(forge);
      token = tokens.of(forge, status.tokenRevision());
      newest = tokens.newest(forge);
    } catch (ServiceFailure e) {
      return Future.failedFuture(e);
    }
    if (token.isEmpty()) {
      return Future.succeededFuture(refused("the forge has no token yet", null));
    }
    Exchange first = new Exchange(api, forge, status, token.get(), now);
    Future<Sent> sent =
        uncertain
            ? first
                .has()
                .compose(has -> has ? Future.succeededFuture(accepted(null)) : first.post())
            : first.post();
    boolean other = !token.equals(newest);
    return sent.compose(
        answer ->
            other && Integer.valueOf(UNAUTHORIZED).equals(answer.status())
                ? new Exchange(api, forge, status, newest.orElseThrow(), now)
                    .post()
                    .map(ReportSender::withOtherToken)
                : Future.succeededFuture(answer));
  }

  private static Sent withOtherToken(Sent sent) {
    String text =
        "sent with another token than the statuses before, which was refused: those may stay open "
            + sent.answer().text();
    return new Sent(
        new ForgeAnswer(sent.answer().kind(), sent.answer().pause(), text), sent.status());
  }

  private static Sent accepted(Integer status) {
    return new Sent(new ForgeAnswer(ForgeAnswer.Kind.ACCEPTED, Duration.ZERO, ""), status);
  }

  private static Sent refused(String text, Integer status) {
    return new Sent(new ForgeAnswer(ForgeAnswer.Kind.REFUSED, Duration.ZERO, text), status);
  }

  /** The requests of one attempt. */
  private final class Exchange {
    private final StatusApi api;
    private final Forge forge;
    private final CommitStatus status;
    private final String token;
    private final Instant now;

    Exchange(StatusApi api, Forge forge, CommitStatus status, String token, Instant now) {
      this.api = api;
      this.forge = forge;
      this.status = status;
      this.token = token;
      this.now = now;
    }

    Future<Sent> post() {
      return client
          .call(api.send(status, token))
          .compose(
              answer -> {
                if (isOtherPipeline(answer)) {
                  CommitStatus any = status.withoutPipeline();
                  return new Exchange(api, forge, any, token, now).post();
                }
                ForgeAnswer meaning = ForgeAnswer.of(forge.type(), answer, now);
                ForgeAnswer masked =
                    new ForgeAnswer(
                        meaning.kind(), meaning.pause(), meaning.text().replace(token, "***"));
                return masked.kind() == ForgeAnswer.Kind.COMPARE
                    ? compared(masked, answer.status())
                    : Future.succeededFuture(new Sent(masked, answer.status()));
              });
    }

    /** Pipelines of merge requests have a ref of their own, so that none fits branch and id. */
    private boolean isOtherPipeline(OutgoingAnswer answer) {
      return answer.status() == NOT_FOUND
          && status.pipelineId() != null
          && answer.text().contains("Pipeline for pipeline_id");
    }

    /** It says that it is there already: true or not, the state that it has tells. */
    private Future<Sent> compared(ForgeAnswer said, int code) {
      return listed()
          .map(
              found ->
                  !found.isEmpty() && api.covers(found.get(0).state(), status.stage())
                      ? accepted(code)
                      : refused(said.text(), code));
    }

    Future<Boolean> has() {
      return listed().map(found -> found.stream().anyMatch(one -> api.same(one, status)));
    }

    /** None when the forge does not let this token read them. */
    private Future<List<ListedStatus>> listed() {
      return client
          .call(api.list(status, token))
          .map(
              answer -> {
                if (answer.status() >= 400 && answer.status() < 500 && answer.status() != 429) {
                  return List.of();
                }
                if (!answer.success()) {
                  throw new IllegalStateException(
                      "the forge was asked for its statuses and answered " + answer.status());
                }
                try {
                  return api.read(new JsonArray(answer.body()), status);
                } catch (DecodeException | ClassCastException e) {
                  throw new IllegalStateException(
                      "the forge was asked for its statuses and answered something else", e);
                }
              });
    }
  }
}
