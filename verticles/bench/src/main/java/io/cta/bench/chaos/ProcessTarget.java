package io.cta.bench.chaos;

import io.cta.bench.fleet.FakeClock;
import io.cta.bench.fleet.JavaProcess;
import io.cta.bench.fleet.SmallDisk;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Injects faults into a part that is a JVM.
 *
 * @param process holds the process that runs now
 * @param starter starts a new process on the same data, and returns when it works
 * @param clock its wall clock, or null if that cannot be set
 * @param disk the disk with its data, or null if that cannot be filled
 */
record ProcessTarget(
    String name,
    TargetRole role,
    Supplier<JavaProcess> process,
    Runnable starter,
    FakeClock clock,
    SmallDisk disk)
    implements FaultTarget {
  @Override
  public Set<PlannedFault.Kind> bears() {
    Set<PlannedFault.Kind> kinds = EnumSet.of(PlannedFault.Kind.KILL);
    if (role == TargetRole.AGENT) {
      kinds.add(PlannedFault.Kind.PAUSE);
    }
    if (clock != null) {
      kinds.add(PlannedFault.Kind.CLOCK);
    }
    if (disk != null) {
      kinds.add(PlannedFault.Kind.DISK);
    }
    return kinds;
  }

  @Override
  public void strike(PlannedFault fault) {
    switch (fault.kind()) {
      case KILL -> process.get().kill();
      case PAUSE -> process.get().pause();
      case CLOCK -> clock.set(fault.step());
      case DISK -> disk.fill();
      default -> throw new IllegalArgumentException(fault.toString());
    }
  }

  @Override
  public void heal(PlannedFault fault) {
    switch (fault.kind()) {
      case KILL -> starter.run();
      case PAUSE -> process.get().resume();
      case CLOCK -> clock.set(Duration.ZERO);
      case DISK -> disk.free();
      default -> throw new IllegalArgumentException(fault.toString());
    }
  }
}
