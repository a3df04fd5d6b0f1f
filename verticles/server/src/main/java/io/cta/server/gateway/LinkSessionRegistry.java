package io.cta.server.gateway;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Exactly one live session per machine: who is in, and who may take whose place. */
final class LinkSessionRegistry {
  private final Vertx vertx;
  private final Duration probe;
  private final PeerGateways peerGateways;
  private final Map<String, LinkSession> live = new HashMap<>();
  private final Map<String, String> entering = new HashMap<>();

  LinkSessionRegistry(Vertx vertx, Duration probe, PeerGateways peerGateways) {
    this.peerGateways = peerGateways;
    this.vertx = vertx;
    this.probe = probe;
  }

  /**
   * Lets a visitor in if its machine has no session; in place of its own earlier connection; or in
   * place of another session that no longer answers. Fails with CONFLICT otherwise. Who was let in
   * has to {@link #enter} or to {@link #turnBack}.
   */
  Future<Void> makeRoom(AgentConnection agentConnection) {
    if (entering.putIfAbsent(agentConnection.machineId(), agentConnection.session()) != null) {
      return Future.failedFuture(beingChecked(ErrorCode.UNAVAILABLE));
    }
    Future<Void> room =
        live.containsKey(agentConnection.machineId())
            ? makeWay(agentConnection.machineId(), agentConnection.session())
            : peerGateways.askFor(agentConnection.machineId(), agentConnection.session());
    return room.onFailure(e -> turnBack(agentConnection));
  }

  /**
   * An agent wants in at another node: the same rules. Fails with TOO_MANY when another session is
   * about to enter here.
   */
  Future<Void> knocked(String machineId, String session) {
    return session.equals(entering.getOrDefault(machineId, session))
        ? makeWay(machineId, session)
        : Future.failedFuture(beingChecked(ErrorCode.TOO_MANY));
  }

  private Future<Void> makeWay(String machineId, String session) {
    LinkSession old = live.get(machineId);
    if (old == null) {
      return Future.succeededFuture();
    }
    if (old.visitor().session().equals(session)) {
      old.replace("the same session has connected again");
      return Future.succeededFuture();
    }
    return probe(old);
  }

  void enter(LinkSession session) {
    entering.remove(session.visitor().machineId());
    live.put(session.visitor().machineId(), session);
  }

  void turnBack(AgentConnection agentConnection) {
    entering.remove(agentConnection.machineId());
  }

  void leave(LinkSession session) {
    live.remove(session.visitor().machineId(), session);
  }

  void close(String machineId, String reason) {
    LinkSession session = live.get(machineId);
    if (session != null) {
      session.socket().close(reason);
    }
  }

  void lost(String queue) {
    List.copyOf(live.values()).forEach(session -> session.lost(queue));
  }

  void closeAll(String reason) {
    List.copyOf(live.values()).forEach(session -> session.socket().close(reason));
  }

  private Future<Void> probe(LinkSession old) {
    Promise<Void> free = Promise.promise();
    long timer =
        vertx.setTimer(
            probe.toMillis(),
            id -> {
              old.socket().close("it did not answer, and another session took its place");
              free.tryComplete();
            });
    old.socket()
        .probe(
            () -> {
              vertx.cancelTimer(timer);
              free.tryFail(taken(old.visitor()));
            });
    return free.future();
  }

  private static ServiceFailure beingChecked(ErrorCode code) {
    return new ServiceFailure(code, "another connection of this machine is just being checked");
  }

  private static ServiceFailure taken(AgentConnection holder) {
    return new ServiceFailure(
        ErrorCode.CONFLICT,
        "machine "
            + holder.machineId()
            + " is already connected from "
            + holder.address()
            + " since "
            + holder.since()
            + " (session "
            + holder.session()
            + "): stop that agent, or enrol this one as a machine of its own with another name and"
            + " data directory");
  }
}
