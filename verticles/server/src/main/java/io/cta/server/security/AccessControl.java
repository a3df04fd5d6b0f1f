package io.cta.server.security;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.IdentityRefused;
import io.cta.domain.User;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.access.RequestAuthenticator;
import io.cta.server.http.PublicAddress;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.time.TimeSource;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/** Bundles the server's access control; created once at start. Any event loop. */
public final class AccessControl {
  /**
   * What the launcher must show the operator once.
   *
   * @param adminName name of the first administrator
   * @param welcomeToken the last part of the one-time link {@code /#/welcome/<token>}, or null
   * @param registrationToken a new token for agents, or null when there already is one
   */
  public record Notice(String adminName, String welcomeToken, String registrationToken) {}

  /** Pseudo account for counting wrong one-time links; no user can have this name. */
  private static final String WELCOME = " welcome";

  public final SecuritySettings settings;
  public final TokenRegistry tokens;
  public final PrincipalResolver principalResolver;
  public final PasswordHasher passwords;
  public final BrowserSessions sessions;
  public final LinkSigner links;
  public final Notice notice;
  private final WelcomeLink welcomeLink;
  private final StoreRepositories stores;
  private final Clock clock;
  private final LoginLimit limit;

  private AccessControl(
      SecuritySettings settings,
      StoreRepositories stores,
      TimeSource time,
      Parts parts,
      BrowserSessions sessions,
      LinkSigner links,
      Notice notice) {
    this.links = links;
    this.settings = settings;
    this.stores = stores;
    this.clock = time.wall();
    this.tokens = parts.tokens;
    this.principalResolver = parts.identities;
    this.passwords = parts.passwords;
    this.welcomeLink = parts.welcome;
    this.sessions = sessions;
    this.notice = notice;
    this.limit = new LoginLimit(time.ticker());
  }

  private record Parts(
      TokenRegistry tokens,
      PrincipalResolver identities,
      PasswordHasher passwords,
      WelcomeLink welcome) {}

  /** Needs a prepared store; creates missing keys, tokens and the first administrator. */
  public static Future<AccessControl> start(
      Vertx vertx, StoreRepositories stores, SecuritySettings settings, TimeSource time) {
    return start(vertx, stores, settings, time, true);
  }

  /**
   * @param alone false when other servers may be starting on the same store
   */
  public static Future<AccessControl> start(
      Vertx vertx,
      StoreRepositories stores,
      SecuritySettings settings,
      TimeSource time,
      boolean alone) {
    Clock clock = time.wall();
    TokenRegistry tokens = new TokenRegistry(stores, clock);
    PrincipalResolver principalResolver =
        new PrincipalResolver(
            stores,
            tokens,
            time.ticker(),
            (machineId, address) ->
                BusAdapter.announce(
                    vertx, BusAddresses.IDENTITY_REFUSED, new IdentityRefused(machineId, address)));
    PasswordHasher passwords = new PasswordHasher(vertx);
    WelcomeLink welcomeLink = new WelcomeLink(stores, passwords, principalResolver, clock);
    Parts parts = new Parts(tokens, principalResolver, passwords, welcomeLink);
    FirstStartSetup first =
        new FirstStartSetup(stores, tokens, passwords, welcomeLink, settings, clock, alone);
    PersistentSettings keys = new PersistentSettings(stores.documents);
    return keys.key(PersistentSettings.SESSION_KEY)
        .map(key -> new BrowserSessions(vertx, key, settings.session(), principalResolver))
        .compose(
            sessions ->
                keys.key(PersistentSettings.LINK_KEY)
                    .map(LinkSigner::new)
                    .compose(
                        links ->
                            first
                                .prepare()
                                .map(
                                    notice ->
                                        new AccessControl(
                                            settings, stores, time, parts, sessions, links,
                                            notice))));
  }

  /**
   * What finds out who is asking, on every way into the server.
   *
   * @param address at which people reach the server
   */
  public RequestAuthenticator authenticator(PublicAddress address) {
    return new RequestAuthenticator(principalResolver, sessions, address);
  }

  /** Opens a session; failures are counted for {@code address}, the caller's. */
  public Future<Login> login(String name, String password, String address) {
    limit.begin(name, address);
    return stores
        .users
        .find(DocumentQuery.of(StoreCollections.USERS, DocumentFilter.eq("name", name), 1))
        .compose(
            page -> {
              User user =
                  page.items().stream()
                      .map(VersionedEntity::value)
                      .filter(User::enabled)
                      .findFirst()
                      .orElse(null);
              return verified(user, password);
            })
        .onComplete(done -> ended(done, name, address));
  }

  /** Sets the first password with the one-time link. */
  public Future<User> welcome(String token, String password, String address) {
    limit.begin(WELCOME, address);
    return welcomeLink.redeem(token, password).onComplete(done -> ended(done, WELCOME, address));
  }

  /** Sets a user's password; sessions opened with the old one end. */
  public Future<User> setPassword(String userId, String password) {
    return passwords
        .hash(password)
        .compose(
            hash ->
                stores.users.update(
                    userId, u -> UserUpdates.withPassword(u, hash, clock.instant())))
        .map(
            versionedEntity -> {
              principalResolver.forgetUser(userId);
              return versionedEntity.value();
            });
  }

  /** A user and the session just opened for them. */
  public record Login(User user, BrowserSessions.OpenedSession session) {}

  private void ended(AsyncResult<?> done, String name, String address) {
    if (ServiceFailure.is(done.cause(), ErrorCode.UNAUTHENTICATED)) {
      limit.failed(name, address);
    } else {
      limit.ended(name, address, done.succeeded());
    }
  }

  private Future<Login> verified(User user, String password) {
    return passwords
        .verify(password, user == null ? null : user.passwordHash())
        .compose(
            right -> {
              if (!right) {
                return Future.failedFuture(
                    new ServiceFailure(ErrorCode.UNAUTHENTICATED, "name or password is wrong"));
              }
              return Future.succeededFuture(new Login(user, sessions.open(user)));
            });
  }
}
