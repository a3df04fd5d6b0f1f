package io.cta.server.security;

import io.cta.domain.AccessRole;
import io.cta.domain.AccessToken;
import io.cta.domain.AccessTokenBuilder;
import io.cta.domain.IdGenerator;
import io.cta.domain.TokenKind;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.ReservationTaken;
import io.cta.server.store.ScopeRevisions;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.store.WriteStep;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Issues tokens and finds them by their raw form. Any event loop. */
public final class TokenRegistry {
  /** A new token and its raw form, which is not stored and cannot be shown again. */
  public record IssuedToken(AccessToken token, String raw) {}

  /**
   * The token that a shown secret belongs to.
   *
   * @param isDead true when the secret is no longer valid
   */
  record Match(AccessToken token, boolean isDead) {}

  /** The properties of a token to issue; see {@link AccessToken} for the fields. */
  public record TokenRequest(
      String id,
      TokenKind kind,
      String name,
      AccessRole role,
      String userId,
      String machineId,
      String identity,
      Instant expiresAt) {
    public static TokenRequest of(TokenKind kind, String name) {
      return new TokenRequest(IdGenerator.next(), kind, name, null, null, null, null, null);
    }

    /** A request with a fixed id. */
    static TokenRequest fixed(String id, TokenKind kind) {
      return new TokenRequest(id, kind, id, null, null, null, null, null);
    }

    public TokenRequest role(AccessRole value) {
      return new TokenRequest(id, kind, name, value, userId, machineId, identity, expiresAt);
    }

    public TokenRequest user(String value) {
      return new TokenRequest(id, kind, name, role, value, machineId, identity, expiresAt);
    }

    public TokenRequest expires(Instant value) {
      return new TokenRequest(id, kind, name, role, userId, machineId, identity, value);
    }

    /**
     * @param proof a secret that only this agent knows, or null
     */
    public TokenRequest machine(String value, String proof) {
      String digest = proof == null ? null : TokenText.digest(proof);
      return new TokenRequest(id, kind, name, role, userId, value, digest, expiresAt);
    }
  }

  private final StoreRepositories stores;
  private final Clock clock;

  public TokenRegistry(StoreRepositories stores, Clock clock) {
    this.stores = stores;
    this.clock = clock;
  }

  /** Issues a token with a new secret. */
  public Future<IssuedToken> issue(TokenRequest tokenRequest) {
    return issue(tokenRequest, null);
  }

  /**
   * As {@link #issue(TokenRequest)}, and fails with {@link ReservationTaken} when the reservation
   * is somebody else's.
   *
   * @param reservation written before the token; null when none is needed
   */
  public Future<IssuedToken> issue(TokenRequest tokenRequest, DocumentWrite reservation) {
    String raw = TokenText.make(tokenRequest.kind(), tokenRequest.id());
    return insert(tokenRequest, raw, reservation).map(token -> new IssuedToken(token, raw));
  }

  /**
   * Makes the token with the request's id have the given raw form; null deletes the token. Other
   * nodes may do the same at the same time.
   */
  Future<Void> install(TokenRequest tokenRequest, String raw) {
    return installed(tokenRequest, raw)
        .recover(e -> isDuplicate(e) ? installed(tokenRequest, raw) : Future.failedFuture(e));
  }

  /** As {@link #issue}; empty when another node has issued the token first. */
  Future<Optional<IssuedToken>> issueOnce(TokenRequest tokenRequest) {
    return issue(tokenRequest)
        .map(Optional::of)
        .recover(
            e ->
                isDuplicate(e) ? Future.succeededFuture(Optional.empty()) : Future.failedFuture(e));
  }

  private static boolean isDuplicate(Throwable e) {
    return ServiceFailure.is(e, ErrorCode.DUPLICATE);
  }

  private Future<Void> installed(TokenRequest tokenRequest, String raw) {
    return stores
        .tokens
        .find(tokenRequest.id())
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
                  .compose(
                      gone ->
                          raw == null ? Future.succeededFuture() : insert(tokenRequest, raw, null))
                  .mapEmpty();
            });
  }

  private Future<Void> delete(VersionedEntity<AccessToken> token) {
    DocumentWrite deletion =
        new DocumentWrite.Delete(StoreCollections.TOKENS, token.value().id(), token.version());
    return stores.documents.apply(List.of(deletion)).mapEmpty();
  }

  /** The token with this raw form, if it exists and is not expired. */
  Future<Optional<AccessToken>> findRaw(String raw) {
    String digest = TokenText.digest(raw);
    return stores
        .tokens
        .find(DocumentQuery.of(StoreCollections.TOKENS, DocumentFilter.eq("hash", digest), 1))
        .map(
            page ->
                page.items().stream()
                    .map(VersionedEntity::value)
                    .filter(token -> TokenText.same(token.hash(), digest))
                    .filter(token -> !expired(token))
                    .findFirst());
  }

  /**
   * The token whose secret this is or was. An offered secret that is used for the first time
   * replaces the current one.
   */
  Future<Optional<Match>> match(String raw) {
    return findRaw(raw)
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found.map(token -> new Match(token, false)))
                    : matchRotated(raw));
  }

  /**
   * Offers a new secret for an agent's token. The current secret stays valid until the new one is
   * used. Fails with COPIED when the given secret is no longer the current one.
   */
  public Future<IssuedToken> renew(String raw) {
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
              if (SecretRotation.of(token, digest) != SecretRotation.SecretState.CURRENT) {
                throw copied(token);
              }
              return SecretRotation.offered(token, TokenText.digest(next));
            })
        .map(versionedEntity -> new IssuedToken(versionedEntity.value(), next));
  }

  static ServiceFailure copied(AccessToken token) {
    return new ServiceFailure(
        ErrorCode.COPIED,
        "this is a copy of the identity of machine "
            + token.name()
            + ": its agent has connected since, and has got a new secret. For a machine of its own"
            + " remove identity.json and enrolment.key from the data directory, and start the agent"
            + " with --token-file and another --name. If this is the right agent and the other one"
            + " the copy, remove identity.json alone, and start it with --token-file");
  }

  /** Looks up a secret that is not the current one of its token: dead, or offered. */
  private Future<Optional<Match>> matchRotated(String raw) {
    String id = TokenText.agentId(raw);
    return id == null
        ? Future.succeededFuture(Optional.empty())
        : stores.tokens.find(id).compose(found -> matchState(found, TokenText.digest(raw)));
  }

  private Future<Optional<Match>> matchState(
      Optional<VersionedEntity<AccessToken>> found, String digest) {
    if (found.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    AccessToken token = found.get().value();
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
                      SecretRotation.of(t, digest) == SecretRotation.SecretState.NEXT
                          ? SecretRotation.used(t, digest)
                          : t)
              .map(
                  versionedEntity ->
                      Optional.of(
                          new Match(
                              versionedEntity.value(),
                              SecretRotation.of(versionedEntity.value(), digest)
                                  != SecretRotation.SecretState.CURRENT)));
    };
  }

  boolean expired(AccessToken token) {
    return token.expiresAt() != null && !clock.instant().isBefore(token.expiresAt());
  }

  private Future<AccessToken> insert(TokenRequest request, String raw, DocumentWrite reservation) {
    AccessToken token =
        AccessTokenBuilder.builder()
            .id(request.id())
            .name(request.name())
            .kind(request.kind())
            .role(request.role())
            .userId(request.userId())
            .machineId(request.machineId())
            .identity(request.identity())
            .expiresAt(request.expiresAt())
            .hash(TokenText.digest(raw))
            .createdAt(clock.instant())
            .build();
    List<WriteStep> steps = new ArrayList<>();
    if (reservation != null) {
      steps.add(WriteStep.needed(reservation));
    }
    steps.add(WriteStep.needed(stores.tokens.inserting(token.id(), token)));
    return stores
        .documents
        .applySteps(steps)
        .map(
            outcomes -> {
              if (reservation != null && outcomes.get(0) != DocumentWrite.Outcome.DONE) {
                throw new ReservationTaken();
              }
              if (!ScopeRevisions.allDone(outcomes)) {
                throw new ServiceFailure(ErrorCode.DUPLICATE, "the token exists already");
              }
              return token;
            });
  }
}
