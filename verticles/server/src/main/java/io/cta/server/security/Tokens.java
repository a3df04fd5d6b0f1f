package io.cta.server.security;

import io.cta.domain.Ids;
import io.cta.domain.Role;
import io.cta.domain.Token;
import io.cta.domain.TokenKind;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.cta.server.store.Write;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes tokens and finds them by what their bearer shows. Safe from any event loop. */
public final class Tokens {
  /** A new token and its raw form, which nobody can ever see again. */
  public record Issued(Token token, String raw) {}

  /**
   * Whose secret somebody shows.
   *
   * @param isDead true when it is its secret no more
   */
  record Match(Token token, boolean isDead) {}

  /** What a token is to be; see {@link Token} for the fields. */
  public record Order(
      String id,
      TokenKind kind,
      String name,
      Role role,
      String userId,
      String machineId,
      String identity,
      Instant expiresAt) {
    public static Order of(TokenKind kind, String name) {
      return new Order(Ids.next(), kind, name, null, null, null, null, null);
    }

    /** With an id that is always the same. */
    static Order fixed(String id, TokenKind kind) {
      return new Order(id, kind, id, null, null, null, null, null);
    }

    public Order role(Role value) {
      return new Order(id, kind, name, value, userId, machineId, identity, expiresAt);
    }

    public Order user(String value) {
      return new Order(id, kind, name, role, value, machineId, identity, expiresAt);
    }

    public Order expires(Instant value) {
      return new Order(id, kind, name, role, userId, machineId, identity, value);
    }

    /**
     * @param proof what only this agent knows, or null
     */
    public Order machine(String value, String proof) {
      String digest = proof == null ? null : TokenText.digest(proof);
      return new Order(id, kind, name, role, userId, value, digest, expiresAt);
    }
  }

  private final Stores stores;
  private final Clock clock;

  public Tokens(Stores stores, Clock clock) {
    this.stores = stores;
    this.clock = clock;
  }

  /** A token with a fresh secret. */
  public Future<Issued> issue(Order order) {
    String raw = TokenText.make(order.kind(), order.id());
    return insert(order, raw).map(token -> new Issued(token, raw));
  }

  /**
   * Makes the token of the order's id have a raw form that somebody chose, null for none. Another
   * node may be doing the same.
   */
  Future<Void> install(Order order, String raw) {
    return installed(order, raw)
        .recover(e -> isDuplicate(e) ? installed(order, raw) : Future.failedFuture(e));
  }

  /** The same as {@link #issue}; empty when another node was quicker. */
  Future<Optional<Issued>> issueOnce(Order order) {
    return issue(order)
        .map(Optional::of)
        .recover(
            e ->
                isDuplicate(e) ? Future.succeededFuture(Optional.empty()) : Future.failedFuture(e));
  }

  private static boolean isDuplicate(Throwable e) {
    return e instanceof ServiceFailure known && known.code() == ErrorCode.DUPLICATE;
  }

  private Future<Void> installed(Order order, String raw) {
    return stores
        .tokens
        .find(order.id())
        .compose(
            found -> {
              if (found.isPresent() == (raw != null)
                  && found
                      .map(token -> token.value().hash().equals(TokenText.digest(raw)))
                      .orElse(true)) {
                return Future.succeededFuture();
              }
              return found
                  .map(this::delete)
                  .orElseGet(Future::succeededFuture)
                  .compose(gone -> raw == null ? Future.succeededFuture() : insert(order, raw))
                  .mapEmpty();
            });
  }

  private Future<Void> delete(Stored<Token> token) {
    Write away = new Write.Delete(Collections.TOKENS, token.value().id(), token.version());
    return stores.documents.apply(List.of(away)).mapEmpty();
  }

  /** The token of a raw form, if it is known and not expired. */
  Future<Optional<Token>> findRaw(String raw) {
    String digest = TokenText.digest(raw);
    return stores
        .tokens
        .find(Query.of(Collections.TOKENS, Filter.eq("hash", digest), 1))
        .map(
            page ->
                page.items().stream()
                    .map(Stored::value)
                    .filter(token -> TokenText.same(token.hash(), digest))
                    .filter(token -> !expired(token))
                    .findFirst());
  }

  /**
   * The token whose secret this is or was. One that was handed out and is used for the first time
   * takes the place of the one before it.
   */
  Future<Optional<Match>> match(String raw) {
    return findRaw(raw)
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found.map(token -> new Match(token, false)))
                    : rotated(raw));
  }

  /**
   * Hands out a new secret for the token of an agent's secret, which stays good until the new one
   * is used; a COPIED failure when it is good no more.
   */
  public Future<Issued> renew(String raw) {
    String digest = TokenText.digest(raw);
    String id = TokenText.agentId(raw);
    if (id == null) {
      return Future.failedFuture(
          new ServiceFailure(ErrorCode.FORBIDDEN, "only an agent's own token has a next one"));
    }
    String next = TokenText.make(TokenKind.AGENT, id);
    return stores
        .tokens
        .update(
            id,
            token -> {
              if (SecretRotation.of(token, digest) != SecretRotation.Standing.CURRENT) {
                throw copied(token);
              }
              return SecretRotation.offered(token, TokenText.digest(next));
            })
        .map(stored -> new Issued(stored.value(), next));
  }

  static ServiceFailure copied(Token token) {
    return new ServiceFailure(
        ErrorCode.COPIED,
        "this is a copy of the identity of machine "
            + token.name()
            + ": its agent has connected since, and has got a new secret. For a machine of its own"
            + " remove identity.json and enrolment.key from the data directory, and start the agent"
            + " with --token-file and another --name. If this is the right agent and the other one"
            + " the copy, remove identity.json alone, and start it with --token-file");
  }

  /** A secret that is not the one of its token any more, or not yet. */
  private Future<Optional<Match>> rotated(String raw) {
    String id = TokenText.agentId(raw);
    return id == null
        ? Future.succeededFuture(Optional.empty())
        : stores.tokens.find(id).compose(found -> judged(found, TokenText.digest(raw)));
  }

  private Future<Optional<Match>> judged(Optional<Stored<Token>> found, String digest) {
    if (found.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    Token token = found.get().value();
    return switch (SecretRotation.of(token, digest)) {
      case UNKNOWN -> Future.succeededFuture(Optional.empty());
      case CURRENT -> Future.succeededFuture(Optional.of(new Match(token, false)));
      case DEAD -> Future.succeededFuture(Optional.of(new Match(token, true)));
      case NEXT ->
          stores
              .tokens
              .update(
                  token.id(),
                  t ->
                      SecretRotation.of(t, digest) == SecretRotation.Standing.NEXT
                          ? SecretRotation.used(t, digest)
                          : t)
              .map(
                  stored ->
                      Optional.of(
                          new Match(
                              stored.value(),
                              SecretRotation.of(stored.value(), digest)
                                  != SecretRotation.Standing.CURRENT)));
    };
  }

  boolean expired(Token token) {
    return token.expiresAt() != null && !clock.instant().isBefore(token.expiresAt());
  }

  private Future<Token> insert(Order o, String raw) {
    Token token =
        new Token(
            o.id(),
            o.name(),
            o.kind(),
            o.role(),
            o.userId(),
            o.machineId(),
            TokenText.digest(raw),
            o.identity(),
            o.expiresAt(),
            clock.instant(),
            null,
            null);
    return stores
        .tokens
        .insert(token.id(), token)
        .map(
            outcome -> {
              if (outcome != Write.Outcome.DONE) {
                throw new ServiceFailure(ErrorCode.DUPLICATE, "the token exists already");
              }
              return token;
            });
  }
}
