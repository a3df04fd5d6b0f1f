package io.cta.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStatTest {
  private static final String REST =
      " S 1 4711 4711 0 -1 1077936192 120 0 3 0 %d %d 0 0 20 0 31 0 5436 7516192768 49152";

  @ParameterizedTest
  @ValueSource(
      strings = {"java", "C2 CompilerThre", "G1 Conc#0", "a) S 1 (b", "", "))", "vert.x-eventloop"})
  void a_name_may_have_blanks_and_parentheses(String name) {
    String line = "4711 (" + name + ")" + REST.formatted(250, 50);
    assertEquals(new ProcessStat(4711, name, 300), ProcessStat.parse(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4711 java S 1", "4711 (java) S 1 2 3"})
  void what_is_no_stat_line_is_refused(String line) {
    assertThrows(IllegalArgumentException.class, () -> ProcessStat.parse(line));
  }

  @ParameterizedTest
  @CsvSource({
    "C1 CompilerThre, COMPILER",
    "C2 CompilerThre, COMPILER",
    "Sweeper thread, COMPILER",
    "G1 Main Marker, COLLECTOR",
    "G1 Conc#0, COLLECTOR",
    "GC Thread#1, COLLECTOR",
    "VM Thread, COLLECTOR",
    "ZWorker#0, COLLECTOR",
    "VM Periodic Tas, PROGRAM",
    "cta-store-write, PROGRAM",
    "vert.x-eventloo, PROGRAM",
    "java, PROGRAM",
  })
  void a_thread_is_known_by_its_name(String name, ThreadKind kind) {
    assertEquals(kind, ThreadKind.of(name));
  }

  @Test
  void what_is_neither_compiler_nor_collector_is_the_program_with_threads_that_have_ended() {
    ProcessStat process = new ProcessStat(1, "java", 1000);
    List<ProcessStat> threads =
        List.of(
            new ProcessStat(2, "main", 100),
            new ProcessStat(3, "C1 CompilerThre", 20),
            new ProcessStat(4, "C2 CompilerThre", 200),
            new ProcessStat(5, "GC Thread#0", 30));
    ProcessorTimes times = ProcessorTimes.of(process, threads);
    assertEquals(new ProcessorTimes(7500, 2200, 300), times);
    assertEquals(7800, times.withoutCompiler());
  }
}
