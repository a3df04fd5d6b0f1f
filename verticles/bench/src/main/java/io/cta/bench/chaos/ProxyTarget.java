package io.cta.bench.chaos;

import io.cta.bench.fleet.GatewayProxy;
import java.util.Set;

/** Injects faults into the proxy before a server. */
record ProxyTarget(String name, GatewayProxy proxy) implements FaultTarget {
  @Override
  public TargetRole role() {
    return TargetRole.PROXY;
  }

  @Override
  public Set<PlannedFault.Kind> bears() {
    return Set.of(PlannedFault.Kind.BAD_GATEWAY);
  }

  @Override
  public void strike(PlannedFault fault) {
    proxy.down();
  }

  @Override
  public void heal(PlannedFault fault) {
    proxy.up();
  }
}
