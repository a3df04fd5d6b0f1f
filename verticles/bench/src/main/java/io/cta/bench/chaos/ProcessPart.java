package io.cta.bench.chaos;

import io.cta.bench.fleet.JavaProcess;
import java.util.function.Supplier;

/**
 * A part that is a JVM.
 *
 * @param process the one that runs now
 * @param starter starts another and returns when it works
 */
record ProcessPart(String name, Role role, Supplier<JavaProcess> process, Runnable starter)
    implements Part {
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
