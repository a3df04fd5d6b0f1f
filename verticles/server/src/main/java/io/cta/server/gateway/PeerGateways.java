package io.cta.server.gateway;

import io.vertx.core.Future;

/** The gateways of a cluster's other nodes. */
public interface PeerGateways {
  /** There is no other. */
  PeerGateways NONE =
      new PeerGateways() {
        @Override
        public Future<Void> askFor(String machineId, String session) {
          return Future.succeededFuture();
        }

        @Override
        public void answer(SessionQueryHandler sessions) {}
      };

  /** What a gateway answers. */
  @FunctionalInterface
  interface SessionQueryHandler {
    /** Ends the machine's connection here if it is of that session; fails if another is alive. */
    Future<Void> makeWay(String machineId, String session);
  }

  /** Fails when another session of the machine is alive at any of them; ends one of the same. */
  Future<Void> askFor(String machineId, String session);

  /** Says who answers when another node asks; called once, where the gateway lives. */
  void answer(SessionQueryHandler sessions);
}
