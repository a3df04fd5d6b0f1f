package io.cta.server.api;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.domain.Ids;
import io.cta.domain.Machine;
import io.cta.domain.Presence;
import io.cta.domain.TokenKind;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.Durations;
import io.cta.json.Json;
import io.cta.server.executions.Named;
import io.cta.server.security.Security;
import io.cta.server.security.Tokens;
import io.cta.server.store.Filter;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.cta.server.store.Write;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;

/**
 * How a machine becomes known. A machine that comes again, by its id or, while nobody is connected
 * under it, by its name, stays the machine it was, with all that people said about it.
 */
final class EnrolResource {
  private static final int MAX_SUFFIX = 1000;

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
                    ? Future.succeededFuture(found.get())
                    : make(asked, asked.getString("name", asked.getString("hostname")), 1))
        .compose(this::tokenFor)
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
    return Named.find(stores.machines, name)
        .map(
            found -> {
              Optional<Machine> machine = found.map(Stored::value);
              if (machine.filter(m -> m.presence() == Presence.ONLINE).isPresent()) {
                throw new ServiceFailure(
                    ErrorCode.DUPLICATE,
                    "a machine named " + name + " is connected; give this one another name");
              }
              return machine;
            });
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
    return Json.fromObject(body, Machine.class);
  }

  private Future<Answer> tokenFor(Machine machine) {
    // whoever had a token of this machine before is not this machine any more
    return Credentials.deleteAll(stores, security, Filter.eq("machineId", machine.id()))
        .compose(
            gone ->
                security.tokens.issue(
                    Tokens.Order.of(TokenKind.AGENT, machine.name()).machine(machine.id())))
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
