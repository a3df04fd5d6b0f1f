package io.cta.server.api;

import io.cta.domain.Role;
import io.cta.domain.TokenKind;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.Durations;
import io.cta.json.Json;
import io.cta.server.security.Principal;
import io.cta.server.security.Security;
import io.cta.server.security.Tokens;
import io.cta.server.store.Collections;
import io.cta.server.store.Document;
import io.cta.server.store.Filter;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** Tokens: nobody makes one that may do more than they may themselves. */
final class TokenResource {
  private final Stores stores;
  private final Security security;
  private final Clock clock;
  private final Lists lists;

  TokenResource(Stores stores, Security security, Clock clock) {
    this.stores = stores;
    this.security = security;
    this.clock = clock;
    this.lists = new Lists(stores.documents);
  }

  void register(Operations operations) {
    operations.on("listTokens", this::list);
    operations.making("createToken", this::create);
    operations.on("deleteToken", this::delete);
  }

  private Future<Answer> list(Call call) {
    Filter filter = Filter.ALL;
    if (!isAdmin(call.who())) {
      filter = filter.and("userId", Filter.Op.EQ, owner(call.who()));
    }
    if (call.text("kind") != null) {
      filter = filter.and("kind", Filter.Op.EQ, call.text("kind"));
    }
    return lists.page(call, Collections.TOKENS, filter, "id", TokenResource::view);
  }

  private Future<Answer> create(Call call, String id) {
    JsonObject body = call.body();
    TokenKind kind = TokenKind.valueOf(body.getString("kind", "api").toUpperCase(Locale.ROOT));
    Tokens.Order order =
        new Tokens.Order(id, kind, body.getString("name"), null, null, null, null, null);
    if (body.containsKey("expiresIn")) {
      order =
          order.expires(
              clock.instant().plus(Durations.parse("expiresIn", body.getString("expiresIn"))));
    }
    return security
        .tokens
        .issue(kind == TokenKind.API ? inNameOf(call.who(), body, order) : forAgents(call, order))
        .recover(failure -> shownBefore(failure))
        .map(
            issued ->
                Answer.of(201, view(Json.toObject(issued.token())).put("raw", issued.raw()))
                    .unrepeatable());
  }

  private static Tokens.Order inNameOf(Principal who, JsonObject body, Tokens.Order order) {
    Role role =
        body.containsKey("role")
            ? Role.valueOf(body.getString("role").toUpperCase(Locale.ROOT))
            : who.role();
    if (!who.role().covers(role)) {
      throw new ServiceFailure(
          ErrorCode.FORBIDDEN, "you are " + who.role().wire() + ", a token cannot be more");
    }
    return order.role(role).user(who.userId());
  }

  private static Tokens.Order forAgents(Call call, Tokens.Order order) {
    if (!isAdmin(call.who())) {
      throw new ServiceFailure(ErrorCode.FORBIDDEN, "registration tokens need the role admin");
    }
    return order;
  }

  private static <T> Future<T> shownBefore(Throwable failure) {
    boolean duplicate =
        failure instanceof ServiceFailure known && known.code() == ErrorCode.DUPLICATE;
    return Future.failedFuture(
        duplicate
            ? new ServiceFailure(
                ErrorCode.CONFLICT, "the token was made before; its raw form is shown only once")
            : failure);
  }

  private Future<Answer> delete(Call call) {
    String id = call.path("id");
    return stores
        .documents
        .get(Collections.TOKENS, id)
        .map(
            found ->
                found
                    .filter(token -> mayDelete(call.who(), token))
                    .orElseThrow(() -> ServiceFailure.notFound("token", id)))
        .compose(token -> Credentials.delete(stores, security, List.of(token)))
        .map(Answer.empty());
  }

  private static boolean mayDelete(Principal who, Document token) {
    return isAdmin(who) || owner(who).equals(token.body().getString("userId"));
  }

  private static boolean isAdmin(Principal who) {
    return who.role() == Role.ADMIN;
  }

  private static String owner(Principal who) {
    return who.userId() == null ? "" : who.userId();
  }

  private static JsonObject view(JsonObject stored) {
    JsonObject copy = stored.copy();
    copy.remove("hash");
    copy.remove("identity");
    copy.remove("nextHashes");
    copy.remove("retired");
    return copy;
  }
}
