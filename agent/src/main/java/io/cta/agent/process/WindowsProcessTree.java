package io.cta.agent.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The process tree on Windows: taskkill with the whole tree, and the descendants that are known.
 */
final class WindowsProcessTree implements ProcessTree {
  private final long pid;
  private final List<ProcessHandle> known;

  WindowsProcessTree(long pid) {
    this.pid = pid;
    this.known =
        ProcessHandle.of(pid)
            .map(first -> Stream.concat(Stream.of(first), first.descendants()).toList())
            .orElse(List.of());
  }

  @Override
  public boolean alive() {
    return known.stream().anyMatch(ProcessHandle::isAlive);
  }

  @Override
  public void terminate() {
    taskkill();
  }

  @Override
  public void kill() {
    taskkill("/F");
    known.forEach(ProcessHandle::destroyForcibly);
  }

  private void taskkill(String... more) {
    List<String> command =
        Stream.concat(Stream.of("taskkill", "/PID", String.valueOf(pid), "/T"), Stream.of(more))
            .toList();
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      known.forEach(ProcessHandle::destroy);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
