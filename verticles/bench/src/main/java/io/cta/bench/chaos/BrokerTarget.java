package io.cta.bench.chaos;

import io.cta.bench.fleet.BrokerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** Injects faults into a broker. */
record BrokerTarget(BrokerProcess broker) implements FaultTarget {
  @Override
  public String name() {
    return "broker";
  }

  @Override
  public TargetRole role() {
    return TargetRole.BROKER;
  }

  @Override
  public Set<PlannedFault.Kind> bears() {
    return Set.of(PlannedFault.Kind.KILL);
  }

  @Override
  public void strike(PlannedFault fault) {
    try {
      broker.kill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void heal(PlannedFault fault) {
    try {
      broker.comeBack();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
