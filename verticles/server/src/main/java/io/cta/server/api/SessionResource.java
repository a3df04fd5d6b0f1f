package io.cta.server.api;

import io.cta.domain.User;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.security.Security;
import io.cta.server.security.Sessions;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Getting in and out by browser, and one's own password. */
final class SessionResource {
  private final Stores stores;
  private final Security security;
  private final SessionCookies cookies;

  SessionResource(Stores stores, Security security, SessionCookies cookies) {
    this.stores = stores;
    this.security = security;
    this.cookies = cookies;
  }

  void register(Operations operations) {
    operations.on("login", this::login);
    operations.on("logout", this::logout);
    operations.on("welcome", this::welcome);
    operations.on("me", this::me);
    operations.on("changePassword", this::changePassword);
  }

  private Future<Answer> login(Call call) {
    JsonObject body = call.body();
    return security
        .login(body.getString("name"), body.getString("password"), call.address())
        .map(login -> entered(call, login.user(), login.session()));
  }

  private Future<Answer> welcome(Call call) {
    JsonObject body = call.body();
    return security
        .welcome(body.getString("token"), body.getString("password"), call.address())
        .map(user -> entered(call, user, security.sessions.open(user)));
  }

  private Future<Answer> logout(Call call) {
    cookies.clear(call.ctx);
    return Future.succeededFuture(Answer.empty());
  }

  private Future<Answer> me(Call call) {
    return Future.succeededFuture(Answer.ok(view(call.who().name(), call.who().role().wire())));
  }

  private Future<Answer> changePassword(Call call) {
    if (call.session() == null) {
      return Future.failedFuture(
          new ServiceFailure(ErrorCode.FORBIDDEN, "only who is logged in has a password"));
    }
    JsonObject body = call.body();
    String id = call.who().userId();
    return stores
        .users
        .get(id)
        .map(Stored::value)
        .compose(
            user ->
                security
                    .login(user.name(), body.getString("current"), call.address())
                    .recover(SessionResource::wrongPassword))
        .compose(verified -> security.setPassword(id, body.getString("password")))
        .map(
            user -> {
              cookies.set(call.ctx, security.sessions.open(user));
              return Answer.empty();
            });
  }

  private Answer entered(Call call, User user, Sessions.Opened session) {
    cookies.set(call.ctx, session);
    return Answer.ok(view(user.name(), user.role().wire()));
  }

  /** A wrong password is bad input here, not a missing login. */
  private static <T> Future<T> wrongPassword(Throwable failure) {
    boolean wrong =
        failure instanceof ServiceFailure known && known.code() == ErrorCode.UNAUTHENTICATED;
    return Future.failedFuture(
        wrong ? ServiceFailure.invalid("current", "is not the password") : failure);
  }

  private static JsonObject view(String name, String role) {
    return new JsonObject().put("name", name).put("role", role);
  }
}
