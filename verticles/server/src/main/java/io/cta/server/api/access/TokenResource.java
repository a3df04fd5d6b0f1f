package io.cta.server.api.access;

import io.cta.domain.AccessRole;
import io.cta.domain.AccessToken;
import io.cta.domain.TokenKind;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.DurationFormat;
import io.cta.server.access.AccessAction;
import io.cta.server.access.AccessDecision;
import io.cta.server.access.AuthenticatedPrincipal;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.ListPager;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.security.AccessControl;
import io.cta.server.security.TokenRegistry;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.StoredDocument;
import io.cta.server.view.access.IssuedTokenView;
import io.cta.server.view.access.TokenView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists, creates and deletes tokens; nobody may create a token with more rights than their own. */
public final class TokenResource {
  private final StoreRepositories stores;
  private final AccessControl security;
  private final Clock clock;
  private final ListPager<AccessToken> listPager;

  public TokenResource(StoreRepositories stores, AccessControl security, Clock clock) {
    this.stores = stores;
    this.security = security;
    this.clock = clock;
    this.listPager = new ListPager<>(stores.tokens, TokenView::of);
  }

  public void register(OperationRegistry operations) {
    operations.on("listTokens", this::list);
    operations.making("createToken", this::create, this::existing);
    operations.on("deleteToken", this::delete);
  }

  private Future<ApiResponse> list(ApiRequest call) {
    DocumentFilter filter = DocumentFilter.ALL;
    if (!AccessDecision.can(call.who(), AccessAction.MANAGE_ALL_TOKENS)) {
      filter = filter.and("userId", DocumentFilter.Op.EQ, owner(call.who()));
    }
    if (call.text("kind") != null) {
      filter = filter.and("kind", DocumentFilter.Op.EQ, call.text("kind"));
    }
    return listPager.page(call, filter, "id");
  }

  private Future<ApiResponse> create(ApiRequest call, String id, DocumentWrite reservation) {
    return security
        .tokens
        .issue(request(call, id), reservation)
        .map(
            issuedToken ->
                ApiResponse.of(201, IssuedTokenView.of(issuedToken.token(), issuedToken.raw())));
  }

  private Future<Optional<ApiResponse>> existing(String id) {
    return stores
        .tokens
        .find(id)
        .map(
            found -> {
              if (found.isPresent()) {
                throw new ServiceFailure(
                    ErrorCode.CONFLICT,
                    "the token was made before; its raw form is shown only once");
              }
              return Optional.empty();
            });
  }

  private TokenRegistry.TokenRequest request(ApiRequest call, String id) {
    JsonObject body = call.body();
    TokenKind kind = TokenKind.valueOf(body.getString("kind", "api").toUpperCase(Locale.ROOT));
    TokenRegistry.TokenRequest tokenRequest =
        new TokenRegistry.TokenRequest(
            id, kind, body.getString("name"), null, null, null, null, null);
    if (body.containsKey("expiresIn")) {
      tokenRequest =
          tokenRequest.expires(
              clock.instant().plus(DurationFormat.parse("expiresIn", body.getString("expiresIn"))));
    }
    return kind == TokenKind.API
        ? inNameOf(call.who(), body, tokenRequest)
        : forAgents(call, tokenRequest);
  }

  private static TokenRegistry.TokenRequest inNameOf(
      AuthenticatedPrincipal who, JsonObject body, TokenRegistry.TokenRequest tokenRequest) {
    AccessRole asked =
        body.containsKey("role")
            ? AccessRole.valueOf(body.getString("role").toUpperCase(Locale.ROOT))
            : null;
    return tokenRequest.role(AccessDecision.tokenRole(who, asked)).user(who.userId());
  }

  private static TokenRegistry.TokenRequest forAgents(
      ApiRequest call, TokenRegistry.TokenRequest tokenRequest) {
    AccessDecision.require(
        call.who(),
        AccessAction.ISSUE_REGISTRATION_TOKENS,
        "registration tokens need the role admin");
    return tokenRequest;
  }

  private Future<ApiResponse> delete(ApiRequest call) {
    String id = call.path("id");
    return stores
        .documents
        .get(StoreCollections.TOKENS, id)
        .map(
            found ->
                found
                    .filter(token -> mayDelete(call.who(), token))
                    .orElseThrow(() -> ServiceFailure.notFound("token", id)))
        .compose(token -> TokenRevocation.delete(stores, security, List.of(token)))
        .map(ApiResponse.empty());
  }

  private static boolean mayDelete(AuthenticatedPrincipal who, StoredDocument token) {
    return AccessDecision.can(who, AccessAction.MANAGE_ALL_TOKENS)
        || owner(who).equals(token.body().getString("userId"));
  }

  private static String owner(AuthenticatedPrincipal who) {
    return who.userId() == null ? "" : who.userId();
  }
}
