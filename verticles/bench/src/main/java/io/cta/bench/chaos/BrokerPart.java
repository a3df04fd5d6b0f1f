package io.cta.bench.chaos;

import io.cta.bench.fleet.RealBroker;
import java.io.IOException;
import java.io.UncheckedIOException;

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
  public void kill() {
    try {
      broker.kill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void start() {
    try {
      broker.comeBack();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void pause() {
    throw new UnsupportedOperationException("only agents are paused");
  }

  @Override
  public void resume() {
    throw new UnsupportedOperationException("only agents are paused");
  }
}
