package io.cta.server.api;

import io.cta.domain.Role;
import io.cta.domain.User;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.executions.Definitions;
import io.cta.server.security.Security;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Users: their password is kept as a hash that never leaves, and one administrator remains. */
record UserRules(Stores stores, Security security) implements Kind.Rules<User> {
  private static final String HASH = "passwordHash";

  @Override
  public Future<Void> check(User user, Definitions definitions) {
    return References.checkAll(definitions, stores.groups, "groups", "group", user.groups());
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
  public Future<Void> allow(Call call, JsonObject stored, JsonObject next) {
    if (!rules(stored) || next != null && rules(next)) {
      return Future.succeededFuture();
    }
    Filter admins = Filter.eq("role", Role.ADMIN.wire());
    return stores
        .users
        .find(Query.of(Collections.USERS, admins, 1000))
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
    security.identities.forgetUser(id);
    return deleted
        ? Credentials.deleteAll(stores, security, Filter.eq("userId", id))
        : Future.succeededFuture();
  }

  @Override
  public JsonObject view(JsonObject stored) {
    JsonObject copy = stored.copy();
    copy.remove(HASH);
    return copy;
  }

  private static boolean rules(JsonObject user) {
    return Role.ADMIN.wire().equals(user.getString("role")) && user.getBoolean("enabled", true);
  }
}
