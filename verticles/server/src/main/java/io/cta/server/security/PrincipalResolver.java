package io.cta.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cta.domain.AccessRole;
import io.cta.domain.AccessToken;
import io.cta.domain.TokenKind;
import io.cta.domain.User;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/**
 * Turns tokens and session users into principals, and remembers them for a few seconds. What is
 * deleted or disabled on this node is forgotten at once, on others within that time.
 */
public final class PrincipalResolver implements BearerAuthenticator {
  static final Duration MEMORY = Duration.ofSeconds(10);
  private static final int MAX = 10_000;

  private record CachedToken(AccessToken token, AuthenticatedPrincipal principal) {}

  /** Hears of copies: their machine's id, and where they called from. */
  @FunctionalInterface
  interface CopyListener {
    void refused(String machineId, String address);
  }

  private final CopyListener copies;
  private final StoreRepositories stores;
  private final TokenRegistry tokens;
  private final Cache<String, CachedToken> bearers;
  private final Cache<String, User> users;

  PrincipalResolver(
      StoreRepositories stores, TokenRegistry tokens, MonotonicClock ticker, CopyListener copies) {
    this.copies = copies;
    this.stores = stores;
    this.tokens = tokens;
    this.bearers = memory(ticker);
    this.users = memory(ticker);
  }

  private static <V> Cache<String, V> memory(MonotonicClock ticker) {
    return Caffeine.newBuilder()
        .ticker(ticker::nanos)
        .expireAfterWrite(MEMORY)
        .maximumSize(MAX)
        .executor(Runnable::run)
        .build();
  }

  @Override
  public Future<AuthenticatedPrincipal> bearer(String raw) {
    return bearer(raw, "?");
  }

  @Override
  public Future<AuthenticatedPrincipal> bearer(String raw, String address) {
    if (raw == null || raw.isEmpty() || raw.length() > TokenText.MAX_LENGTH) {
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
                    .map(match -> known(digest, match, address))
                    .orElseGet(PrincipalResolver::refused));
  }

  /** The user, if there is one and it is enabled. */
  public Future<Optional<User>> enabledUser(String id) {
    User known = users.getIfPresent(id);
    if (known != null) {
      return Future.succeededFuture(Optional.of(known));
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

  /** Must be told of every token that goes. */
  public void forgetToken(String id) {
    bearers.asMap().values().removeIf(cachedToken -> cachedToken.token().id().equals(id));
  }

  /** Must be told of every user that changes or goes. */
  public void forgetUser(String id) {
    users.asMap().values().removeIf(user -> user.id().equals(id));
    bearers.asMap().values().removeIf(cachedToken -> id.equals(cachedToken.token().userId()));
  }

  private Future<AuthenticatedPrincipal> known(
      String digest, TokenRegistry.Match match, String address) {
    if (!match.isDead()) {
      return remembered(digest, match.token());
    }
    copies.refused(match.token().machineId(), address);
    return Future.failedFuture(TokenRegistry.copied(match.token()));
  }

  private Future<AuthenticatedPrincipal> remembered(String digest, AccessToken token) {
    if (token.kind() == TokenKind.AGENT) {
      // shown once a connection, and dead on every node as soon as the next one is used
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
        .compose(user -> user.map(u -> inNameOf(token, u)).orElseGet(PrincipalResolver::refused));
  }

  private static Future<AuthenticatedPrincipal> inNameOf(AccessToken token, User user) {
    // a token never outgrows its user, even one whose role was lowered later
    AccessRole role = token.role().covers(user.role()) ? user.role() : token.role();
    return Future.succeededFuture(
        new AuthenticatedPrincipal(user.name(), user.id(), role, TokenKind.API, token.machineId()));
  }

  private static Future<AuthenticatedPrincipal> refused() {
    return Future.failedFuture(
        new ServiceFailure(ErrorCode.UNAUTHENTICATED, "the credentials are not valid"));
  }
}
