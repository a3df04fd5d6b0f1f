package io.cta.server.security;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.IdentityRefused;
import io.cta.domain.User;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.cta.time.TimeSource;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/** All of the server's access control, made once at start. Safe from any event loop. */
public final class Security {
  /**
   * What the launcher must show the operator, once.
   *
   * @param adminName name of the first administrator
   * @param welcomeToken the last part of the one-time link {@code /#/welcome/<token>}, or null
   * @param registrationToken a token made for agents, or null when there is one already
   */
  public record Notice(String adminName, String welcomeToken, String registrationToken) {}

  /** The account that guesses of the one-time link are counted for; no user has that name. */
  private static final String WELCOME = " welcome";

  public final SecuritySettings settings;
  public final Tokens tokens;
  public final Identities identities;
  public final Passwords passwords;
  public final Sessions sessions;
  public final Notice notice;
  private final Welcome welcome;
  private final Stores stores;
  private final Clock clock;
  private final LoginLimit limit;

  private Security(
      SecuritySettings settings,
      Stores stores,
      TimeSource time,
      Parts parts,
      Sessions sessions,
      Notice notice) {
    this.settings = settings;
    this.stores = stores;
    this.clock = time.wall();
    this.tokens = parts.tokens;
    this.identities = parts.identities;
    this.passwords = parts.passwords;
    this.welcome = parts.welcome;
    this.sessions = sessions;
    this.notice = notice;
    this.limit = new LoginLimit(time.ticker());
  }

  private record Parts(
      Tokens tokens, Identities identities, Passwords passwords, Welcome welcome) {}

  /** Needs a prepared store; makes keys, tokens and the first administrator where missing. */
  public static Future<Security> start(
      Vertx vertx, Stores stores, SecuritySettings settings, TimeSource time) {
    return start(vertx, stores, settings, time, true);
  }

  /**
   * @param alone false when other servers may be starting on the same store
   */
  public static Future<Security> start(
      Vertx vertx, Stores stores, SecuritySettings settings, TimeSource time, boolean alone) {
    Clock clock = time.wall();
    Tokens tokens = new Tokens(stores, clock);
    Identities identities =
        new Identities(
            stores,
            tokens,
            time.ticker(),
            (machineId, address) ->
                Consumers.announce(
                    vertx, Addresses.IDENTITY_REFUSED, new IdentityRefused(machineId, address)));
    Passwords passwords = new Passwords(vertx);
    Welcome welcome = new Welcome(stores, passwords, identities, clock);
    Parts parts = new Parts(tokens, identities, passwords, welcome);
    FirstStart first = new FirstStart(stores, tokens, passwords, welcome, settings, clock, alone);
    return new KeptSettings(stores.documents)
        .sessionKey()
        .map(key -> new Sessions(vertx, key, settings.session(), identities))
        .compose(
            sessions ->
                first
                    .prepare()
                    .map(notice -> new Security(settings, stores, time, parts, sessions, notice)));
  }

  /** Opens a session; {@code address} is the caller's, to count its failures. */
  public Future<Login> login(String name, String password, String address) {
    limit.begin(name, address);
    return stores
        .users
        .find(Query.of(Collections.USERS, Filter.eq("name", name), 1))
        .compose(
            page -> {
              User user =
                  page.items().stream()
                      .map(Stored::value)
                      .filter(User::enabled)
                      .findFirst()
                      .orElse(null);
              return verified(user, password);
            })
        .onComplete(done -> ended(done, name, address));
  }

  /** Sets the first password with the one-time link. */
  public Future<User> welcome(String word, String password, String address) {
    limit.begin(WELCOME, address);
    return welcome.redeem(word, password).onComplete(done -> ended(done, WELCOME, address));
  }

  /** Gives a user a new password; sessions made with the old one end. */
  public Future<User> setPassword(String userId, String password) {
    return passwords
        .hash(password)
        .compose(
            hash -> stores.users.update(userId, u -> Users.withPassword(u, hash, clock.instant())))
        .map(
            stored -> {
              identities.forgetUser(userId);
              return stored.value();
            });
  }

  /** A user and the session just opened for it. */
  public record Login(User user, Sessions.Opened session) {}

  private void ended(AsyncResult<?> done, String name, String address) {
    if (done.cause() instanceof ServiceFailure f && f.code() == ErrorCode.UNAUTHENTICATED) {
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
