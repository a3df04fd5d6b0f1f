package io.cta.bench.chaos;

import io.cta.bench.fleet.FakeClock;
import io.cta.bench.fleet.JavaProcess;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A part that is a JVM.
 *
 * @param process the one that runs now
 * @param starter starts another and returns when it works
 * @param clock its wall clock, or null when that cannot be set
 */
record ProcessPart(
    String name, Role role, Supplier<JavaProcess> process, Runnable starter, FakeClock clock)
    implements Part {
  @Override
  public boolean hasClock() {
    return clock != null;
  }

  @Override
  public void setClock(Duration ahead) {
    clock.set(ahead);
  }

  @Override
  public void kill() {
    process.get().kill();
  }

  @Override
  public void start() {
    starter.run();
  }

  @Override
  public void pause() {
    process.get().pause();
  }

  @Override
  public void resume() {
    process.get().resume();
  }
}
