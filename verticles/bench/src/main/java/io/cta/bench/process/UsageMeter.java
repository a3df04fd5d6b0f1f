package io.cta.bench.process;

import java.util.Optional;

/** Measures what the server and the load use between two moments, and divides it by a count. */
public final class UsageMeter {
  private static final double KILOBYTE = 1000;

  private final ProcessReader server;
  private final ProcessReader load = ProcessReader.own();
  private Optional<ProcessUsage> serverBefore = Optional.empty();
  private Optional<ProcessUsage> loadBefore = Optional.empty();

  public UsageMeter(ProcessReader server) {
    this.server = server;
  }

  /** Returns a line for the report: whether processor time can be read on this machine. */
  public static String describe() {
    return ProcessReader.supported()
        ? "processor time from /proc, server and load apart, compiler and collector by themselves"
        : "no processor time, disk writes, calls and switches: there is no /proc here";
  }

  public UsageMeter begin() {
    serverBefore = server.usage();
    loadBefore = load.usage();
    return this;
  }

  /**
   * Adds what was used since {@link #begin}, divided by {@code count}; adds nothing if there is no
   * {@code /proc}.
   */
  public void end(FigureSet figureSet, long count) {
    if (serverBefore.isEmpty() || loadBefore.isEmpty()) {
      return;
    }
    ProcessUsage s = server.usage().orElseThrow().since(serverBefore.get());
    ProcessUsage l = load.usage().orElseThrow().since(loadBefore.get());
    figureSet
        .put("processor each, ms: server", s.times().program() / count)
        .put("processor each, ms: server's JIT compiler", s.times().compiler() / count)
        .put("processor each, ms: server's collector", s.times().collector() / count)
        .put("processor each, ms: load", l.times().program() / count)
        .put("processor each, ms: load's JIT compiler", l.times().compiler() / count)
        .put("processor each, ms: load's collector", l.times().collector() / count)
        .put(
            "processor each, ms: all in, compiler left out",
            (s.times().withoutCompiler() + l.times().withoutCompiler()) / count)
        .put("server, each: KB written to disk", s.diskBytes() / KILOBYTE / count)
        .put("server, each: read and write calls", (double) s.calls() / count)
        .put("server, each: context switches", (double) s.switches() / count);
  }
}
