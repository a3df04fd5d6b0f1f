package io.cta.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads from {@code /proc} what a process has used; finds nothing on other systems than Linux. */
public final class ProcessReader {
  private static final Path PROC = Path.of("/proc");

  private final Path process;

  public ProcessReader(long pid) {
    this(PROC.resolve(String.valueOf(pid)));
  }

  ProcessReader(Path process) {
    this.process = process;
  }

  /** Returns a reader for this process. */
  public static ProcessReader own() {
    return new ProcessReader(ProcessHandle.current().pid());
  }

  public static boolean supported() {
    return Files.isReadable(PROC.resolve("self/io"));
  }

  /** Returns what the process has used; empty if there is no {@code /proc}. */
  public Optional<ProcessUsage> usage() {
    try {
      return supported() ? Optional.of(read()) : Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + process, e);
    }
  }

  /** Returns the resident memory in bytes; empty if it cannot be read. */
  public Optional<Long> residentBytes() {
    try {
      return Optional.of(ProcFields.of(process.resolve("status")).number("VmRSS") << 10);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  ProcessUsage read() throws IOException {
    List<ProcessStat> threads = new ArrayList<>();
    long switches = 0;
    for (Path thread : threads()) {
      try {
        ProcFields status = ProcFields.of(thread.resolve("status"));
        threads.add(stat(thread));
        switches += status.number("voluntary_ctxt_switches");
        switches += status.number("nonvoluntary_ctxt_switches");
      } catch (IOException e) {
        if (Files.exists(thread)) {
          throw e;
        } // otherwise the thread has just ended
      }
    }
    ProcFields io = ProcFields.of(process.resolve("io"));
    return new ProcessUsage(
        ProcessorTimes.of(stat(process), threads),
        io.number("write_bytes"),
        io.number("syscr") + io.number("syscw"),
        switches);
  }

  private List<Path> threads() throws IOException {
    try (Stream<Path> all = Files.list(process.resolve("task"))) {
      return all.toList();
    } catch (NoSuchFileException e) {
      throw new IOException("the process has ended", e);
    }
  }

  private static ProcessStat stat(Path directory) throws IOException {
    return ProcessStat.parse(Files.readString(directory.resolve("stat")).trim());
  }
}
