package io.cta.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the heap of a JVM after a full collection, with the JDK's {@code jcmd}. */
public final class HeapReader {
  private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

  private final long pid;

  public HeapReader(long pid) {
    this.pid = pid;
  }

  /** Returns the used bytes; empty if there is no {@code jcmd}. */
  public Optional<Long> usedAfterCollection() {
    return jcmd("GC.run").flatMap(done -> jcmd("GC.heap_info")).flatMap(HeapReader::used);
  }

  /** Adds up the used bytes of the heap's generations or regions. */
  static Optional<Long> used(String info) {
    List<Long> kilobytes = new ArrayList<>();
    Matcher matcher = USED.matcher(info);
    while (matcher.find()) {
      kilobytes.add(Long.parseLong(matcher.group(1)));
    }
    return kilobytes.isEmpty()
        ? Optional.empty()
        : Optional.of(kilobytes.stream().mapToLong(Long::longValue).sum() << 10);
  }

  private Optional<String> jcmd(String command) {
    Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(program)) {
      return Optional.empty();
    }
    try {
      Process process =
          new ProcessBuilder(program.toString(), String.valueOf(pid), command)
              .redirectErrorStream(true)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
