package io.cta.server.api.definitions;

import io.cta.domain.AccessRole;
import io.cta.domain.User;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.api.access.TokenRevocation;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.security.AccessControl;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.OutwardView;
import io.cta.server.view.definitions.UserView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * Rules of users: the password is stored as a hash that never leaves the server, and one
 * administrator must remain.
 */
record UserRules(StoreRepositories stores, AccessControl security)
    implements DefinitionKind.Rules<User> {
  private static final String HASH = "passwordHash";

  @Override
  public Future<Void> check(User user, DefinitionLookup definitionLookup) {
    return ReferenceCheck.checkAll(
        definitionLookup, stores.groups, "groups", "group", user.groups());
  }

  @Override
  public Future<JsonObject> complete(JsonObject input, JsonObject stored) {
    String password = (String) input.remove("password");
    if (password != null) {
      return security.passwords.hash(password).map(hash -> input.put(HASH, hash));
    }
    if (stored != null && stored.containsKey(HASH)) {
      input.put(HASH, stored.getString(HASH));
    }
    return Future.succeededFuture(input);
  }

  @Override
  public Future<Void> allow(ApiRequest call, JsonObject stored, JsonObject next) {
    if (!rules(stored) || next != null && rules(next)) {
      return Future.succeededFuture();
    }
    DocumentFilter admins = DocumentFilter.eq("role", AccessRole.ADMIN.wire());
    return stores
        .users
        .find(DocumentQuery.of(StoreCollections.USERS, admins, 1000))
        .map(
            page -> {
              boolean another =
                  page.items().stream()
                      .anyMatch(
                          u ->
                              u.value().enabled()
                                  && !u.value().id().equals(stored.getString("id")));
              if (!another) {
                throw new ServiceFailure(
                    ErrorCode.CONFLICT, "it is the only administrator that is enabled");
              }
              return null;
            });
  }

  @Override
  public Future<Void> changed(JsonObject stored, boolean deleted) {
    String id = stored.getString("id");
    security.principalResolver.forgetUser(id);
    return deleted
        ? TokenRevocation.deleteAll(stores, security, DocumentFilter.eq("userId", id))
        : Future.succeededFuture();
  }

  @Override
  public OutwardView view(User user) {
    return UserView.of(user);
  }

  private static boolean rules(JsonObject user) {
    return AccessRole.ADMIN.wire().equals(user.getString("role"))
        && user.getBoolean("enabled", true);
  }
}
