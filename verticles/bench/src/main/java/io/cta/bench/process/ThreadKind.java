package io.cta.bench.process;

import java.util.List;

/** What a thread of a JVM works for, told by its name. */
enum ThreadKind {
  PROGRAM,
  COMPILER,
  COLLECTOR;

  private static final List<String> COMPILERS = List.of("C1 ", "C2 ", "Sweeper ");

  /** Of G1, and of the other collectors; the serial one works in the VM thread. */
  private static final List<String> COLLECTORS =
      List.of("G1 ", "GC ", "VM Thread", "Shenandoah", "ZDirector", "ZDriver", "ZWorker", "ZStat");

  /**
   * @param name as the kernel has it, cut to 15 bytes
   */
  static ThreadKind of(String name) {
    if (COMPILERS.stream().anyMatch(name::startsWith)) {
      return COMPILER;
    }
    return COLLECTORS.stream().anyMatch(name::startsWith) ? COLLECTOR : PROGRAM;
  }
}
