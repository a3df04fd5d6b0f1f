package io.cta.server.api;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.domain.Ids;
import io.cta.domain.Machine;
import io.cta.domain.Presence;
import io.cta.domain.Token;
import io.cta.domain.TokenKind;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.Durations;
import io.cta.json.Json;
import io.cta.server.executions.Named;
import io.cta.server.security.Security;
import io.cta.server.security.TokenText;
import io.cta.server.security.Tokens;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.cta.server.store.Write;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * How a machine becomes known. A machine that comes again, by its id or its name, stays the machine
 * it was, with all that people said about it; but only for the agent that enrolled it, which proves
 * that by what only it knows, or once people have taken that agent's tokens away.
 */
final class EnrolResource {
  private static final int MAX_SUFFIX = 1000;
  private static final int TOKENS = 100;

  private final Vertx vertx;
  private final Stores stores;
  private final Security security;
  private final ApiSettings settings;
  private final Clock clock;

  EnrolResource(Vertx vertx, Stores stores, Security security, ApiSettings settings, Clock clock) {
    this.vertx = vertx;
    this.stores = stores;
    this.security = security;
    this.settings = settings;
    this.clock = clock;
  }

  void register(Operations operations) {
    operations.on("enrol", call -> enrol(call.body()));
  }

  private Future<Answer> enrol(JsonObject asked) {
    return known(asked)
        .compose(
            found ->
                found.isPresent()
                    ? again(found.get(), asked.getString("identity"))
                    : make(asked, asked.getString("name", asked.getString("hostname")), 1))
        .compose(machine -> tokenFor(machine, asked.getString("identity")))
        .onSuccess(
            answer ->
                Consumers.announce(
                    vertx, Addresses.MACHINE_EDITED, answer.body().getString("machineId")));
  }

  private Future<Optional<Machine>> known(JsonObject asked) {
    String id = asked.getString("machineId");
    Future<Optional<Stored<Machine>>> byId =
        id == null ? Future.succeededFuture(Optional.empty()) : stores.machines.find(id);
    return byId.compose(
        found ->
            found.isPresent() || !asked.containsKey("name")
                ? Future.succeededFuture(found.map(Stored::value))
                : byName(asked.getString("name")));
  }

  private Future<Optional<Machine>> byName(String name) {
    return Named.find(stores.machines, name).map(found -> found.map(Stored::value));
  }

  /** The machine that is there, if whoever asks is its agent, or it has none any more. */
  private Future<Machine> again(Machine machine, String proof) {
    return stores
        .tokens
        .find(Query.of(Collections.TOKENS, Filter.eq("machineId", machine.id()), TOKENS))
        .map(
            page -> {
              List<Token> tokens = page.items().stream().map(Stored::value).toList();
              boolean free = tokens.isEmpty() && machine.presence() != Presence.ONLINE;
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

  private static boolean proves(String proof, Token token) {
    return proof != null
        && token.identity() != null
        && TokenText.same(TokenText.digest(proof), token.identity());
  }

  /** A host name that is taken gets a number; a name that somebody chose never gets here taken. */
  private Future<Machine> make(JsonObject asked, String name, int suffix) {
    Machine machine = machine(asked, suffix == 1 ? name : name + "-" + suffix);
    return stores
        .machines
        .insert(machine.id(), machine)
        .compose(
            outcome -> {
              if (outcome == Write.Outcome.DONE) {
                return Future.succeededFuture(machine);
              }
              return suffix < MAX_SUFFIX && !asked.containsKey("name")
                  ? make(asked, name, suffix + 1)
                  : Future.failedFuture(
                      new ServiceFailure(ErrorCode.DUPLICATE, "the name " + name + " is taken"));
            });
  }

  private Machine machine(JsonObject asked, String name) {
    String now = Instants.text(clock.instant());
    JsonObject body =
        new JsonObject()
            .put("id", Ids.next())
            .put("name", name)
            .put("hostname", asked.getString("hostname"))
            .put("createdAt", now)
            .put("updatedAt", now);
    for (String field : new String[] {"labels", "slots", "facts"}) {
      if (asked.containsKey(field)) {
        body.put(field, asked.getValue(field));
      }
    }
    // from here on only what the agent says otherwise changes what people see
    body.put("agentLabels", asked.getJsonArray("labels", new JsonArray()));
    if (asked.containsKey("name")) {
      body.put("agentName", name);
    }
    return Json.fromObject(body, Machine.class);
  }

  private Future<Answer> tokenFor(Machine machine, String proof) {
    // whoever had a token of this machine before is not this machine any more
    return Credentials.deleteAll(stores, security, Filter.eq("machineId", machine.id()))
        .compose(
            gone ->
                security.tokens.issue(
                    Tokens.Order.of(TokenKind.AGENT, machine.name()).machine(machine.id(), proof)))
        .map(
            issued ->
                Answer.of(
                    201,
                    new JsonObject()
                        .put("machineId", machine.id())
                        .put("name", machine.name())
                        .put("token", issued.raw())
                        .put("heartbeat", Durations.format(settings.heartbeat()))));
  }
}
