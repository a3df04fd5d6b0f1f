package io.cta.bench.chaos;

import io.cta.bench.fleet.GatewayProxy;
import java.util.Set;

/** What stands before a server, as something to be hit. */
record ProxyPart(String name, GatewayProxy proxy) implements Part {
  @Override
  public Role role() {
    return Role.PROXY;
  }

  @Override
  public Set<Fault.Kind> bears() {
    return Set.of(Fault.Kind.BAD_GATEWAY);
  }

  @Override
  public void strike(Fault fault) {
    proxy.down();
  }

  @Override
  public void heal(Fault fault) {
    proxy.up();
  }
}
