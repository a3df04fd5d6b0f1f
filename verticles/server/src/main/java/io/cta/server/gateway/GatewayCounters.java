package io.cta.server.gateway;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the gateway's sessions, refusals and violations since it started. Any thread. */
public final class GatewayCounters {
  final AtomicLong connected = new AtomicLong();
  final AtomicLong accepted = new AtomicLong();
  final AtomicLong refused = new AtomicLong();
  final AtomicLong garbage = new AtomicLong();
  final AtomicLong forbidden = new AtomicLong();

  /** Open sessions. */
  public long connected() {
    return connected.get();
  }

  /** Sessions since the start. */
  public long accepted() {
    return accepted.get();
  }

  /** Connections refused before they became sessions. */
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
