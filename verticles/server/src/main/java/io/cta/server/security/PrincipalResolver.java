package io.cta.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cta.domain.AccessRole;
import io.cta.domain.AccessToken;
import io.cta.domain.TokenKind;
import io.cta.domain.User;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.access.AccessDecision;
import io.cta.server.access.AuthenticatedPrincipal;
import io.cta.server.access.BearerAuthenticator;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/**
 * Resolves tokens and session users to principals and caches them for a few seconds. A token or
 * user deleted or disabled on this node leaves the cache at once, on other nodes within that time.
 */
public final class PrincipalResolver implements BearerAuthenticator {
  static final Duration CACHE_TIME = Duration.ofSeconds(10);
  private static final int MAX_ENTRIES = 10_000;

  private record CachedToken(AccessToken token, AuthenticatedPrincipal principal) {}

  /** Told of copied agent identities: the machine's id and the caller's address. */
  @FunctionalInterface
  interface CopyListener {
    void refused(String machineId, String address);
  }

  private final CopyListener copyListener;
  private final StoreRepositories stores;
  private final TokenRegistry tokens;
  private final Cache<String, CachedToken> bearers;
  private final Cache<String, User> users;

  PrincipalResolver(
      StoreRepositories stores,
      TokenRegistry tokens,
      MonotonicClock ticker,
      CopyListener copyListener) {
    this.copyListener = copyListener;
    this.stores = stores;
    this.tokens = tokens;
    this.bearers = cache(ticker);
    this.users = cache(ticker);
  }

  private static <V> Cache<String, V> cache(MonotonicClock ticker) {
    return Caffeine.newBuilder()
        .ticker(ticker::nanos)
        .expireAfterWrite(CACHE_TIME)
        .maximumSize(MAX_ENTRIES)
        .executor(Runnable::run)
        .build();
  }

  @Override
  public Future<AuthenticatedPrincipal> bearer(String raw) {
    return bearer(raw, "?");
  }

  @Override
  public Future<AuthenticatedPrincipal> bearer(String raw, String address) {
    if (raw == null || raw.isEmpty() || raw.length() > TokenText.MAX_CHARS) {
      return refused();
    }
    String digest = TokenText.digest(raw);
    CachedToken cachedToken = bearers.getIfPresent(digest);
    if (cachedToken != null && !tokens.expired(cachedToken.token())) {
      return Future.succeededFuture(cachedToken.principal());
    }
    return tokens
        .match(raw)
        .compose(
            found ->
                found
                    .map(match -> resolved(digest, match, address))
                    .orElseGet(PrincipalResolver::refused));
  }

  /** The user, if it exists and is enabled. */
  public Future<Optional<User>> enabledUser(String id) {
    User cached = users.getIfPresent(id);
    if (cached != null) {
      return Future.succeededFuture(Optional.of(cached));
    }
    return stores
        .users
        .find(id)
        .map(
            found -> {
              Optional<User> user = found.map(VersionedEntity::value).filter(User::enabled);
              user.ifPresent(u -> users.put(id, u));
              return user;
            });
  }

  /** Must be called for every deleted token. */
  public void forgetToken(String id) {
    bearers.asMap().values().removeIf(cachedToken -> cachedToken.token().id().equals(id));
  }

  /** Must be called for every changed or deleted user. */
  public void forgetUser(String id) {
    users.asMap().values().removeIf(user -> user.id().equals(id));
    bearers.asMap().values().removeIf(cachedToken -> id.equals(cachedToken.token().userId()));
  }

  private Future<AuthenticatedPrincipal> resolved(
      String digest, TokenRegistry.Match match, String address) {
    if (!match.isDead()) {
      return cached(digest, match.token());
    }
    copyListener.refused(match.token().machineId(), address);
    return Future.failedFuture(TokenRegistry.copied(match.token()));
  }

  private Future<AuthenticatedPrincipal> cached(String digest, AccessToken token) {
    if (token.kind() == TokenKind.AGENT) {
      // not cached: used once per connection, and invalid on every node once the next is used
      return principal(token);
    }
    return principal(token)
        .onSuccess(principal -> bearers.put(digest, new CachedToken(token, principal)));
  }

  private Future<AuthenticatedPrincipal> principal(AccessToken token) {
    if (token.kind() != TokenKind.API || token.userId() == null) {
      AccessRole role = token.kind() == TokenKind.API ? token.role() : null;
      return Future.succeededFuture(
          new AuthenticatedPrincipal(token.name(), null, role, token.kind(), token.machineId()));
    }
    return enabledUser(token.userId())
        .compose(user -> user.map(u -> ofUser(token, u)).orElseGet(PrincipalResolver::refused));
  }

  private static Future<AuthenticatedPrincipal> ofUser(AccessToken token, User user) {
    AccessRole role = AccessDecision.effectiveRole(token.role(), user.role());
    return Future.succeededFuture(
        new AuthenticatedPrincipal(user.name(), user.id(), role, TokenKind.API, token.machineId()));
  }

  private static Future<AuthenticatedPrincipal> refused() {
    return Future.failedFuture(
        new ServiceFailure(ErrorCode.UNAUTHENTICATED, "the credentials are not valid"));
  }
}
