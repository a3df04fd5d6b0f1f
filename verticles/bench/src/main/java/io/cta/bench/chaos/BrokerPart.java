package io.cta.bench.chaos;

import io.cta.bench.fleet.RealBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** A broker as something to be hit. */
record BrokerPart(RealBroker broker) implements Part {
  @Override
  public String name() {
    return "broker";
  }

  @Override
  public Role role() {
    return Role.BROKER;
  }

  @Override
  public Set<Fault.Kind> bears() {
    return Set.of(Fault.Kind.KILL);
  }

  @Override
  public void strike(Fault fault) {
    try {
      broker.kill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void heal(Fault fault) {
    try {
      broker.comeBack();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
