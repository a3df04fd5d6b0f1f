package io.cta.agent.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The process tree where there is no process table to read: the process group, and the descendants
 * that are known.
 */
final class PosixProcessTree implements ProcessTree {
  private final long pid;
  private final List<ProcessHandle> known;

  PosixProcessTree(long pid) {
    this.pid = pid;
    this.known = ProcessHandle.of(pid).map(PosixProcessTree::withDescendants).orElse(List.of());
  }

  @Override
  public boolean alive() {
    return signalGroup("0") || members().anyMatch(ProcessHandle::isAlive);
  }

  @Override
  public void terminate() {
    signalGroup("TERM");
    members().forEach(ProcessHandle::destroy);
  }

  @Override
  public void kill() {
    List<ProcessHandle> members = members().toList();
    signalGroup("KILL");
    members.forEach(ProcessHandle::destroyForcibly);
  }

  private Stream<ProcessHandle> members() {
    return Stream.concat(
            known.stream(), ProcessHandle.of(pid).stream().flatMap(p -> p.descendants()))
        .distinct();
  }

  private static List<ProcessHandle> withDescendants(ProcessHandle first) {
    return Stream.concat(Stream.of(first), first.descendants()).toList();
  }

  private boolean signalGroup(String signal) {
    if (!SessionLauncher.grouped()) {
      return false;
    }
    try {
      Process kill =
          new ProcessBuilder("/bin/kill", "-" + signal, "-" + pid)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return kill.waitFor(5, TimeUnit.SECONDS) && kill.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
