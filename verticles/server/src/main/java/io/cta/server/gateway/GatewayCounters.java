package io.cta.server.gateway;

import java.util.concurrent.atomic.AtomicLong;

/** What the gateway has seen since it started. Safe from any thread. */
public final class GatewayCounters {
  final AtomicLong connected = new AtomicLong();
  final AtomicLong accepted = new AtomicLong();
  final AtomicLong refused = new AtomicLong();
  final AtomicLong garbage = new AtomicLong();
  final AtomicLong forbidden = new AtomicLong();

  /** Sessions now. */
  public long connected() {
    return connected.get();
  }

  /** Sessions ever. */
  public long accepted() {
    return accepted.get();
  }

  /** Connections refused before they were sessions. */
  public long refused() {
    return refused.get();
  }

  /** Sessions ended because the agent broke the protocol. */
  public long garbage() {
    return garbage.get();
  }

  /** Publishes and subscriptions that an agent had no right to. */
  public long forbidden() {
    return forbidden.get();
  }
}
