package io.cta.server.security;

import io.cta.domain.AccessRole;
import io.cta.domain.IdGenerator;
import io.cta.domain.TokenKind;
import io.cta.domain.User;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;

/** Makes sure at start that an administrator can log in and agents can enrol. Idempotent. */
final class FirstStartSetup {
  static final String ADMIN = "admin";

  private final StoreRepositories stores;
  private final TokenRegistry tokens;
  private final PasswordHasher passwords;
  private final WelcomeLink welcomeLink;
  private final SecuritySettings settings;
  private final Clock clock;
  private final boolean alone;

  FirstStartSetup(
      StoreRepositories stores,
      TokenRegistry tokens,
      PasswordHasher passwords,
      WelcomeLink welcomeLink,
      SecuritySettings settings,
      Clock clock,
      boolean alone) {
    this.alone = alone;
    this.stores = stores;
    this.tokens = tokens;
    this.passwords = passwords;
    this.welcomeLink = welcomeLink;
    this.settings = settings;
    this.clock = clock;
  }

  Future<AccessControl.Notice> prepare() {
    return configuredTokens()
        .compose(done -> admin())
        .compose(
            token ->
                registration()
                    .map(
                        raw ->
                            new AccessControl.Notice(ADMIN, token.orElse(null), raw.orElse(null))));
  }

  /** Makes the stored tokens equal to the configured ones: sets, replaces or deletes them. */
  private Future<Void> configuredTokens() {
    TokenRegistry.TokenRequest admin =
        TokenRegistry.TokenRequest.fixed("admin-token", TokenKind.API).role(AccessRole.ADMIN);
    TokenRegistry.TokenRequest agents =
        TokenRegistry.TokenRequest.fixed("registration-token", TokenKind.REGISTRATION);
    return tokens
        .install(admin, settings.adminToken())
        .compose(done -> tokens.install(agents, settings.registrationToken()));
  }

  /** The token of the one-time link, if the administrator has no password yet. */
  private Future<Optional<String>> admin() {
    return stores
        .users
        .find(
            DocumentQuery.of(
                StoreCollections.USERS, DocumentFilter.eq("role", AccessRole.ADMIN.wire()), 1))
        .compose(page -> page.items().isEmpty() ? newAdmin() : inviteAgain(page.items().get(0)));
  }

  private Future<Optional<String>> newAdmin() {
    String id = IdGenerator.next();
    Future<String> hash =
        settings.adminPassword() == null
            ? Future.succeededFuture()
            : passwords.hash(settings.adminPassword());
    return hash.compose(
            h -> stores.users.insert(id, UserUpdates.admin(id, ADMIN, h, clock.instant())))
        .compose(
            outcome ->
                settings.adminPassword() == null && outcome == DocumentWrite.Outcome.DONE
                    ? invite(id)
                    : Future.succeededFuture(Optional.empty()));
  }

  /**
   * Replaces a link that was printed and never used, since only its digest is stored. Of several
   * servers that start together, one prints it.
   */
  private Future<Optional<String>> inviteAgain(VersionedEntity<User> admin) {
    if (admin.value().passwordHash() != null) {
      return Future.succeededFuture(Optional.empty());
    }
    return invite(admin.value().id());
  }

  private Future<Optional<String>> invite(String userId) {
    return alone ? welcomeLink.invite(userId) : welcomeLink.inviteUnlessInvited(userId);
  }

  private Future<Optional<String>> registration() {
    DocumentFilter registrations = DocumentFilter.eq("kind", TokenKind.REGISTRATION.wire());
    return stores
        .tokens
        .find(DocumentQuery.of(StoreCollections.TOKENS, registrations, 1))
        .compose(
            page ->
                page.items().isEmpty()
                    ? tokens
                        .issueOnce(
                            TokenRegistry.TokenRequest.fixed("first", TokenKind.REGISTRATION))
                        .map(issued -> issued.map(TokenRegistry.IssuedToken::raw))
                    : Future.succeededFuture(Optional.empty()));
  }
}
