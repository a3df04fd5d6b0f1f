package io.cta.server.security;

import io.cta.domain.Ids;
import io.cta.domain.Role;
import io.cta.domain.TokenKind;
import io.cta.domain.User;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.cta.server.store.Write;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;

/** Makes sure that somebody can log in and that agents can enrol. Idempotent. */
final class FirstStart {
  static final String ADMIN = "admin";

  private final Stores stores;
  private final Tokens tokens;
  private final Passwords passwords;
  private final Welcome welcome;
  private final SecuritySettings settings;
  private final Clock clock;
  private final boolean alone;

  FirstStart(
      Stores stores,
      Tokens tokens,
      Passwords passwords,
      Welcome welcome,
      SecuritySettings settings,
      Clock clock,
      boolean alone) {
    this.alone = alone;
    this.stores = stores;
    this.tokens = tokens;
    this.passwords = passwords;
    this.welcome = welcome;
    this.settings = settings;
    this.clock = clock;
  }

  Future<Security.Notice> prepare() {
    return configuredTokens()
        .compose(done -> admin())
        .compose(
            word ->
                registration()
                    .map(raw -> new Security.Notice(ADMIN, word.orElse(null), raw.orElse(null))));
  }

  /** Tokens of the configuration follow it: changed there, changed here; gone there, gone here. */
  private Future<Void> configuredTokens() {
    Tokens.Order admin = Tokens.Order.fixed("admin-token", TokenKind.API).role(Role.ADMIN);
    Tokens.Order agents = Tokens.Order.fixed("registration-token", TokenKind.REGISTRATION);
    return tokens
        .install(admin, settings.adminToken())
        .compose(done -> tokens.install(agents, settings.registrationToken()));
  }

  /** The word of the one-time link, when the administrator has no password yet. */
  private Future<Optional<String>> admin() {
    return stores
        .users
        .find(Query.of(Collections.USERS, Filter.eq("role", Role.ADMIN.wire()), 1))
        .compose(page -> page.items().isEmpty() ? newAdmin() : invitedStill(page.items().get(0)));
  }

  private Future<Optional<String>> newAdmin() {
    String id = Ids.next();
    Future<String> hash =
        settings.adminPassword() == null
            ? Future.succeededFuture()
            : passwords.hash(settings.adminPassword());
    return hash.compose(h -> stores.users.insert(id, Users.admin(id, ADMIN, h, clock.instant())))
        .compose(
            outcome ->
                settings.adminPassword() == null && outcome == Write.Outcome.DONE
                    ? invite(id)
                    : Future.succeededFuture(Optional.empty()));
  }

  /**
   * A link that was printed and never used is replaced: only its digest was kept. Of several
   * servers that start together one prints it.
   */
  private Future<Optional<String>> invitedStill(Stored<User> admin) {
    if (admin.value().passwordHash() != null) {
      return Future.succeededFuture(Optional.empty());
    }
    return invite(admin.value().id());
  }

  private Future<Optional<String>> invite(String userId) {
    return alone ? welcome.invite(userId) : welcome.inviteUnlessInvited(userId);
  }

  private Future<Optional<String>> registration() {
    Filter registrations = Filter.eq("kind", TokenKind.REGISTRATION.wire());
    return stores
        .tokens
        .find(Query.of(Collections.TOKENS, registrations, 1))
        .compose(
            page ->
                page.items().isEmpty()
                    ? tokens
                        .issueOnce(Tokens.Order.fixed("first", TokenKind.REGISTRATION))
                        .map(issued -> issued.map(Tokens.Issued::raw))
                    : Future.succeededFuture(Optional.empty()));
  }
}
