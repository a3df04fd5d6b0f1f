package io.cta.server.api.access;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.domain.AccessToken;
import io.cta.domain.IdGenerator;
import io.cta.domain.Machine;
import io.cta.domain.MachinePresence;
import io.cta.domain.TokenKind;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.InstantText;
import io.cta.json.JsonMapping;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.ApiSettings;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.executions.IdOrNameLookup;
import io.cta.server.security.AccessControl;
import io.cta.server.security.TokenRegistry;
import io.cta.server.security.TokenText;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.view.access.EnrolledView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Enrols machines. A machine that enrols again, by its id or its name, stays the same machine with
 * all that people set on it. It may do so only if it proves to be the agent that enrolled before,
 * or if that agent's tokens were deleted.
 */
public final class EnrolResource {
  private static final int MAX_SUFFIX = 1000;
  private static final int MAX_TOKENS = 100;

  private final Vertx vertx;
  private final StoreRepositories stores;
  private final AccessControl security;
  private final ApiSettings settings;
  private final Clock clock;

  public EnrolResource(
      Vertx vertx,
      StoreRepositories stores,
      AccessControl security,
      ApiSettings settings,
      Clock clock) {
    this.vertx = vertx;
    this.stores = stores;
    this.security = security;
    this.settings = settings;
    this.clock = clock;
  }

  public void register(OperationRegistry operations) {
    operations.on("enrol", call -> enrol(call.body()));
  }

  private Future<ApiResponse> enrol(JsonObject asked) {
    return known(asked)
        .compose(
            found ->
                found.isPresent()
                    ? enrolAgain(found.get(), asked.getString("identity"))
                    : make(asked, asked.getString("name", asked.getString("hostname")), 1))
        .compose(machine -> tokenFor(machine, asked.getString("identity")))
        .map(
            enrolled -> {
              BusAdapter.announce(vertx, BusAddresses.MACHINE_EDITED, enrolled.machineId());
              return ApiResponse.of(201, enrolled);
            });
  }

  private Future<Optional<Machine>> known(JsonObject asked) {
    String id = asked.getString("machineId");
    Future<Optional<VersionedEntity<Machine>>> byId =
        id == null ? Future.succeededFuture(Optional.empty()) : stores.machines.find(id);
    return byId.compose(
        found ->
            found.isPresent() || !asked.containsKey("name")
                ? Future.succeededFuture(found.map(VersionedEntity::value))
                : byName(asked.getString("name")));
  }

  private Future<Optional<Machine>> byName(String name) {
    return IdOrNameLookup.find(stores.machines, name)
        .map(found -> found.map(VersionedEntity::value));
  }

  /** Returns the existing machine if the caller is its agent, or if it has no agent any more. */
  private Future<Machine> enrolAgain(Machine machine, String proof) {
    return stores
        .tokens
        .find(
            DocumentQuery.of(
                StoreCollections.TOKENS, DocumentFilter.eq("machineId", machine.id()), MAX_TOKENS))
        .map(
            page -> {
              List<AccessToken> tokens = page.items().stream().map(VersionedEntity::value).toList();
              boolean free = tokens.isEmpty() && machine.presence() != MachinePresence.ONLINE;
              if (!free && tokens.stream().noneMatch(token -> proves(proof, token))) {
                throw new ServiceFailure(
                    ErrorCode.DUPLICATE,
                    "machine "
                        + machine.name()
                        + " is enrolled already, by another agent: give this one another name; or,"
                        + " for it to take the other's place, delete the machine or its agent's"
                        + " token first");
              }
              return machine;
            });
  }

  private static boolean proves(String proof, AccessToken token) {
    return proof != null
        && token.identity() != null
        && TokenText.same(TokenText.digest(proof), token.identity());
  }

  /**
   * Inserts a new machine. Adds a number to a host name that is taken; a chosen name is never
   * numbered.
   */
  private Future<Machine> make(JsonObject asked, String name, int suffix) {
    Machine machine = machine(asked, suffix == 1 ? name : name + "-" + suffix);
    return stores
        .machines
        .insert(machine.id(), machine)
        .compose(
            outcome -> {
              if (outcome == DocumentWrite.Outcome.DONE) {
                return Future.succeededFuture(machine);
              }
              return suffix < MAX_SUFFIX && !asked.containsKey("name")
                  ? make(asked, name, suffix + 1)
                  : Future.failedFuture(
                      new ServiceFailure(ErrorCode.DUPLICATE, "the name " + name + " is taken"));
            });
  }

  private Machine machine(JsonObject asked, String name) {
    String now = InstantText.format(clock.instant());
    JsonObject body =
        new JsonObject()
            .put("id", IdGenerator.next())
            .put("name", name)
            .put("hostname", asked.getString("hostname"))
            .put("createdAt", now)
            .put("updatedAt", now);
    for (String field : new String[] {"labels", "slots", "facts"}) {
      if (asked.containsKey(field)) {
        body.put(field, asked.getValue(field));
      }
    }
    // from now on, what people see changes only when the agent reports something else
    body.put("agentLabels", asked.getJsonArray("labels", new JsonArray()));
    if (asked.containsKey("name")) {
      body.put("agentName", name);
    }
    return JsonMapping.fromObject(body, Machine.class);
  }

  private Future<EnrolledView> tokenFor(Machine machine, String proof) {
    // earlier tokens of this machine must not work any more
    return TokenRevocation.deleteAll(stores, security, DocumentFilter.eq("machineId", machine.id()))
        .compose(
            gone ->
                security.tokens.issue(
                    TokenRegistry.TokenRequest.of(TokenKind.AGENT, machine.name())
                        .machine(machine.id(), proof)))
        .map(
            issuedToken ->
                new EnrolledView(
                    machine.id(), machine.name(), issuedToken.raw(), settings.heartbeat()));
  }
}
