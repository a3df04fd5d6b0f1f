package io.cta.server.notify;

import io.cta.domain.Forge;
import io.cta.domain.ForgeType;
import io.cta.error.ServiceFailure;
import io.cta.server.forges.ForgeAnswer;
import io.cta.server.forges.ForgeCall;
import io.cta.server.forges.ForgeTokens;
import io.cta.server.forges.MergeRequestNote;
import io.cta.server.forges.NoteApi;
import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps one note on a merge request. Where its id is not known all notes are looked through, so
 * that an attempt whose answer was lost leads to no second one. Safe from any event loop.
 */
final class NoteSender {
  /**
   * What came of an attempt.
   *
   * @param noteId null unless it was accepted
   */
  record Sent(ForgeAnswer answer, Integer status, Long noteId) {}

  /** A page of notes is long. */
  static final int MAX_BYTES = 8 * 1024 * 1024;

  private static final int MAX_PAGES = 400;
  private static final int NOT_FOUND = 404;

  /** With the last request less than a lease, so that no other node begins meanwhile. */
  private static final Duration LONGEST = Duration.ofSeconds(35);

  private final ForgeClient client;
  private final ForgeTokens tokens;
  private final TimeSource time;

  NoteSender(ForgeClient client, ForgeTokens tokens, TimeSource time) {
    this.client = client;
    this.time = time;
    this.tokens = tokens;
  }

  /** Fails, with a text for people, when no answer came; with a ServiceFailure for good. */
  Future<Sent> send(MergeRequestNote note, Forge forge, Long known, Instant now) {
    Exchange exchange;
    try {
      if (forge.type() == ForgeType.JENKINS) {
        throw ServiceFailure.invalid("forge", "is a Jenkins by now, which has no notes");
      }
      String token =
          tokens
              .of(forge, note.tokenRevision())
              .orElseThrow(() -> ServiceFailure.invalid("forge", "the forge has no token yet"));
      exchange = new Exchange(NoteApi.of(forge, note, token), forge, token, now);
    } catch (ServiceFailure e) {
      return Future.failedFuture(e);
    }
    return known == null ? exchange.findOrCreate() : exchange.update(known, true);
  }

  /** The requests of one attempt. */
  private final class Exchange {
    private final NoteApi api;
    private final Forge forge;
    private final String token;
    private final Instant now;
    private final long begun = time.nanos();

    Exchange(NoteApi api, Forge forge, String token, Instant now) {
      this.api = api;
      this.forge = forge;
      this.token = token;
      this.now = now;
    }

    Future<Sent> update(long id, boolean replace) {
      return call(api.update(id))
          .compose(
              answer ->
                  replace && answer.status() == NOT_FOUND
                      ? findOrCreate()
                      : Future.succeededFuture(sent(answer, id)));
    }

    Future<Sent> findOrCreate() {
      return call(api.user())
          .compose(
              user ->
                  user.status() == 200
                      ? search(new JsonObject(user.body()).getLong("id"), 1)
                      : Future.succeededFuture(sent(user, null)))
          .recover(
              e ->
                  e instanceof DecodeException
                          || e instanceof ClassCastException
                          || e instanceof NullPointerException
                      ? Future.failedFuture(
                          new IllegalStateException(
                              "the forge was asked for its notes and answered something else", e))
                      : Future.failedFuture(e));
    }

    private Future<Sent> search(long user, int page) {
      return call(api.page(page))
          .compose(
              answer -> {
                if (answer.status() != 200) {
                  return Future.succeededFuture(sent(answer, null));
                }
                Optional<Long> found = api.find(new JsonArray(answer.body()), user);
                if (found.isPresent()) {
                  return update(found.get(), false);
                }
                if (!NoteApi.hasNext(answer)) {
                  return call(api.create()).map(made -> sent(made, id(made)));
                }
                return page < MAX_PAGES
                    ? search(user, page + 1)
                    : Future.failedFuture(
                        ServiceFailure.invalid("note", "there are too many notes to look through"));
              });
    }

    private static Long id(OutgoingAnswer made) {
      return made.success() ? new JsonObject(made.body()).getLong("id") : null;
    }

    private Sent sent(OutgoingAnswer answer, Long id) {
      ForgeAnswer meaning = ForgeAnswer.of(forge.type(), answer, now);
      String text = meaning.text().replace(token, "***");
      ForgeAnswer masked = new ForgeAnswer(meaning.kind(), meaning.pause(), text);
      return new Sent(masked, answer.status(), answer.success() ? id : null);
    }

    private Future<OutgoingAnswer> call(ForgeCall call) {
      if (time.nanos() - begun > LONGEST.toNanos()) {
        return Future.failedFuture(
            new IllegalStateException("looking through the notes took too long"));
      }
      return client.call(call);
    }
  }
}
