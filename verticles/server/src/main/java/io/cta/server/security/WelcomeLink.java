package io.cta.server.security;

import io.cta.domain.User;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Issues and redeems the one-time link by which the first administrator sets a password. */
final class WelcomeLink {
  private static final String SETTING = "welcome";
  private static final Duration NEW_FOR = Duration.ofMinutes(10);

  private final PersistentSettings settings;
  private final StoreRepositories stores;
  private final PasswordHasher passwords;
  private final PrincipalResolver principalResolver;
  private final Clock clock;

  WelcomeLink(
      StoreRepositories stores,
      PasswordHasher passwords,
      PrincipalResolver principalResolver,
      Clock clock) {
    this.settings = new PersistentSettings(stores.documents);
    this.stores = stores;
    this.passwords = passwords;
    this.principalResolver = principalResolver;
    this.clock = clock;
  }

  /** Issues a link that replaces any earlier one; empty when another server was first. */
  Future<Optional<String>> invite(String userId) {
    return settings.find(SETTING).compose(found -> invite(userId, found));
  }

  /** As {@link #invite}, but keeps a link so new that somebody may be about to use it. */
  Future<Optional<String>> inviteUnlessInvited(String userId) {
    return settings
        .find(SETTING)
        .compose(
            found ->
                found.filter(this::isNew).isPresent()
                    ? Future.succeededFuture(Optional.empty())
                    : invite(userId, found));
  }

  /** Stores only the digest of the link's token. */
  private Future<Optional<String>> invite(String userId, Optional<StoredDocument> before) {
    String token = TokenText.secret();
    JsonObject body =
        new JsonObject()
            .put("userId", userId)
            .put("hash", TokenText.digest(token))
            .put("at", clock.instant().toString());
    return settings
        .replace(SETTING, before, body)
        .map(kept -> kept ? Optional.of(token) : Optional.<String>empty());
  }

  private boolean isNew(StoredDocument invitation) {
    String at = invitation.body().getString("at");
    return at != null && Instant.parse(at).plus(NEW_FOR).isAfter(clock.instant());
  }

  /** Sets the invited user's password; works once per link. */
  Future<User> redeem(String token, String password) {
    return settings
        .find(SETTING)
        .compose(
            found ->
                found
                    .filter(d -> TokenText.same(d.body().getString("hash"), digest(token)))
                    .map(d -> redeem(d, password))
                    .orElseGet(WelcomeLink::refused));
  }

  private Future<User> redeem(StoredDocument invitation, String password) {
    // hash first: a password that is too short must not use up the link
    return passwords
        .hash(password)
        .compose(
            hash ->
                settings
                    .delete(invitation)
                    .compose(
                        mine ->
                            mine ? setPassword(invitation, hash) : WelcomeLink.<User>refused()));
  }

  private Future<User> setPassword(StoredDocument invitation, String hash) {
    String id = invitation.body().getString("userId");
    return stores
        .users
        .update(id, user -> UserUpdates.withPassword(user, hash, clock.instant()))
        .map(
            versionedEntity -> {
              principalResolver.forgetUser(id);
              return versionedEntity.value();
            });
  }

  private static String digest(String token) {
    return TokenText.digest(token);
  }

  private static <T> Future<T> refused() {
    return Future.failedFuture(
        new ServiceFailure(ErrorCode.UNAUTHENTICATED, "the link is not valid, or was used before"));
  }
}
