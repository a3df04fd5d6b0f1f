package io.cta.server.gateway;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Exactly one live session per machine: who is in, and who may take whose place. */
final class Sessions {
  private final Vertx vertx;
  private final Duration probe;
  private final Map<String, LinkSession> live = new HashMap<>();
  private final Set<String> entering = new HashSet<>();

  Sessions(Vertx vertx, Duration probe) {
    this.vertx = vertx;
    this.probe = probe;
  }

  /**
   * Lets a visitor in if its machine has no session; in place of its own earlier connection; or in
   * place of another session that no longer answers. Fails with CONFLICT otherwise. Who was let in
   * has to {@link #enter} or to {@link #turnBack}.
   */
  Future<Void> makeRoom(Visitor visitor) {
    if (!entering.add(visitor.machineId())) {
      return Future.failedFuture(
          new ServiceFailure(
              ErrorCode.UNAVAILABLE, "another connection of this machine is just being checked"));
    }
    LinkSession old = live.get(visitor.machineId());
    if (old == null) {
      return Future.succeededFuture();
    }
    if (old.visitor().session().equals(visitor.session())) {
      old.replace("the same session has connected again");
      return Future.succeededFuture();
    }
    return probe(old, visitor).onFailure(e -> turnBack(visitor));
  }

  void enter(LinkSession session) {
    entering.remove(session.visitor().machineId());
    live.put(session.visitor().machineId(), session);
  }

  void turnBack(Visitor visitor) {
    entering.remove(visitor.machineId());
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

  void closeAll(String reason) {
    List.copyOf(live.values()).forEach(session -> session.socket().close(reason));
  }

  private Future<Void> probe(LinkSession old, Visitor visitor) {
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
              free.tryFail(taken(old.visitor(), visitor));
            });
    return free.future();
  }

  private static ServiceFailure taken(Visitor holder, Visitor visitor) {
    return new ServiceFailure(
        ErrorCode.CONFLICT,
        "machine "
            + visitor.machineId()
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
