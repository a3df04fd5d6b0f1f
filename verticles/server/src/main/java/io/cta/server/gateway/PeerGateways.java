package io.cta.server.gateway;

import io.vertx.core.Future;

/** Asks the gateways of the cluster's other nodes for a machine's session. */
public interface PeerGateways {
  /** For a server without other nodes. */
  PeerGateways NONE =
      new PeerGateways() {
        @Override
        public Future<Void> askFor(String machineId, String session) {
          return Future.succeededFuture();
        }

        @Override
        public void answer(SessionQueryHandler sessions) {}
      };

  /** Answers another node's question. */
  @FunctionalInterface
  interface SessionQueryHandler {
    /**
     * Ends the machine's connection here if it belongs to that session; fails if another session is
     * alive.
     */
    Future<Void> freeFor(String machineId, String session);
  }

  /**
   * Ends a connection of the same session at any other node; fails when another session of the
   * machine is alive there.
   */
  Future<Void> askFor(String machineId, String session);

  /** Registers the handler for other nodes' questions; called once, on the gateway's context. */
  void answer(SessionQueryHandler sessions);
}
