package io.cta.server.api.access;

import io.cta.domain.User;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.access.AccessAction;
import io.cta.server.access.AccessDecision;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.security.AccessControl;
import io.cta.server.security.BrowserSessions;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.view.access.CallerView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Login, logout and change of one's own password in a browser. */
public final class SessionResource {
  private final StoreRepositories stores;
  private final AccessControl security;
  private final SessionCookies cookies;

  public SessionResource(StoreRepositories stores, AccessControl security, SessionCookies cookies) {
    this.stores = stores;
    this.security = security;
    this.cookies = cookies;
  }

  public void register(OperationRegistry operations) {
    operations.on("login", this::login);
    operations.on("logout", this::logout);
    operations.on("welcome", this::welcome);
    operations.on("me", this::me);
    operations.on("changePassword", this::changePassword);
  }

  private Future<ApiResponse> login(ApiRequest call) {
    JsonObject body = call.body();
    return security
        .login(body.getString("name"), body.getString("password"), call.address())
        .map(login -> loggedIn(call, login.user(), login.session()));
  }

  private Future<ApiResponse> welcome(ApiRequest call) {
    JsonObject body = call.body();
    return security
        .welcome(body.getString("token"), body.getString("password"), call.address())
        .map(user -> loggedIn(call, user, security.sessions.open(user)));
  }

  private Future<ApiResponse> logout(ApiRequest call) {
    cookies.clear(call.ctx);
    return Future.succeededFuture(ApiResponse.empty());
  }

  private Future<ApiResponse> me(ApiRequest call) {
    return Future.succeededFuture(
        ApiResponse.ok(new CallerView(call.who().name(), call.who().role())));
  }

  private Future<ApiResponse> changePassword(ApiRequest call) {
    AccessDecision.require(
        call.who(), AccessAction.CHANGE_OWN_PASSWORD, "only who is logged in has a password");
    JsonObject body = call.body();
    String id = call.who().userId();
    return stores
        .users
        .get(id)
        .map(VersionedEntity::value)
        .compose(
            user ->
                security
                    .login(user.name(), body.getString("current"), call.address())
                    .recover(SessionResource::wrongPassword))
        .compose(verified -> security.setPassword(id, body.getString("password")))
        .map(
            user -> {
              cookies.set(call.ctx, security.sessions.open(user));
              return ApiResponse.empty();
            });
  }

  private ApiResponse loggedIn(ApiRequest call, User user, BrowserSessions.OpenedSession session) {
    cookies.set(call.ctx, session);
    return ApiResponse.ok(new CallerView(user.name(), user.role()));
  }

  /** A wrong password is bad input here, not a missing login. */
  private static <T> Future<T> wrongPassword(Throwable failure) {
    boolean wrong = ServiceFailure.is(failure, ErrorCode.UNAUTHENTICATED);
    return Future.failedFuture(
        wrong ? ServiceFailure.invalid("current", "is not the password") : failure);
  }
}
