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

/** Keeps at most one live session per machine and decides which session may replace another. */
final class LinkSessionRegistry {
  private final Vertx vertx;
  private final Duration probe;
  private final PeerGateways peerGateways;
  private final Map<String, LinkSession> live = new HashMap<>();
  private final Map<String, String> reserved = new HashMap<>();

  LinkSessionRegistry(Vertx vertx, Duration probe, PeerGateways peerGateways) {
    this.peerGateways = peerGateways;
    this.vertx = vertx;
    this.probe = probe;
  }

  /**
   * Reserves the machine for this connection if the machine has no session, if the session is the
   * connection's own, or if the old session no longer answers. Fails with SESSION_TAKEN when
   * another session is alive, with SESSION_BEING_CHECKED while another connection is being checked.
   * After success the caller must call {@link #add} or {@link #release}.
   */
  Future<Void> reserve(AgentConnection agentConnection) {
    if (reserved.putIfAbsent(agentConnection.machineId(), agentConnection.session()) != null) {
      return Future.failedFuture(beingChecked());
    }
    Future<Void> free =
        live.containsKey(agentConnection.machineId())
            ? freeFor(agentConnection.machineId(), agentConnection.session())
            : peerGateways.askFor(agentConnection.machineId(), agentConnection.session());
    return free.onFailure(e -> release(agentConnection));
  }

  /**
   * Applies the same rules for an agent that connects at another node; another session of the
   * machine may be being checked here.
   */
  Future<Void> askedByPeer(String machineId, String session) {
    return session.equals(reserved.getOrDefault(machineId, session))
        ? freeFor(machineId, session)
        : Future.failedFuture(beingChecked());
  }

  private Future<Void> freeFor(String machineId, String session) {
    LinkSession old = live.get(machineId);
    if (old == null) {
      return Future.succeededFuture();
    }
    if (old.agentConnection().session().equals(session)) {
      old.replace("the same session has connected again");
      return Future.succeededFuture();
    }
    return probe(old);
  }

  void add(LinkSession session) {
    reserved.remove(session.agentConnection().machineId());
    live.put(session.agentConnection().machineId(), session);
  }

  void release(AgentConnection agentConnection) {
    reserved.remove(agentConnection.machineId());
  }

  void remove(LinkSession session) {
    live.remove(session.agentConnection().machineId(), session);
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
              free.tryFail(taken(old.agentConnection()));
            });
    return free.future();
  }

  private static ServiceFailure beingChecked() {
    return new ServiceFailure(
        ErrorCode.SESSION_BEING_CHECKED,
        "another connection of this machine is just being checked");
  }

  private static ServiceFailure taken(AgentConnection holder) {
    return new ServiceFailure(
        ErrorCode.SESSION_TAKEN,
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
