package io.cta.bench.process;

import java.util.List;

/** What a thread of a JVM does, as its name says. */
enum ThreadKind {
  PROGRAM,
  COMPILER,
  COLLECTOR;

  private static final List<String> COMPILERS = List.of("C1 ", "C2 ", "Sweeper ");

  /** How the names of collector threads begin. The serial collector works in the VM thread. */
  private static final List<String> COLLECTORS =
      List.of("G1 ", "GC ", "VM Thread", "Shenandoah", "ZDirector", "ZDriver", "ZWorker", "ZStat");

  /**
   * @param name name of the thread, which the kernel cuts to 15 bytes
   */
  static ThreadKind of(String name) {
    if (COMPILERS.stream().anyMatch(name::startsWith)) {
      return COMPILER;
    }
    return COLLECTORS.stream().anyMatch(name::startsWith) ? COLLECTOR : PROGRAM;
  }
}
