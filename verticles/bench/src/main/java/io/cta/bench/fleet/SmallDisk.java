package io.cta.bench.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Mounts a disk in memory (tmpfs) that can be filled to its last byte. Needs Linux and root. */
public final class SmallDisk implements AutoCloseable {
  private static final int LARGEST_BLOCK_BYTES = 1 << 20;
  private static final int SMALLEST_BLOCK_BYTES = 1 << 9;

  private final Path dir;
  private final Path filler;

  /** Unmounts the disk when somebody interrupts the run. */
  private final Thread atExit = new Thread(this::detach);

  /**
   * @param dir directory where it is mounted; made if it is missing
   * @param megabytes size of the disk
   * @throws IOException if it cannot be mounted, with the system's message
   */
  public SmallDisk(Path dir, int megabytes) throws IOException {
    this.dir = Files.createDirectories(dir).toAbsolutePath();
    filler = this.dir.resolve("filler");
    run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "cta-bench", this.dir.toString());
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Fills the disk until no byte is free. */
  public void fill() {
    try (FileChannel out =
        FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int size = LARGEST_BLOCK_BYTES; size >= SMALLEST_BLOCK_BYTES; size /= 2) {
        writeAll(out, size);
      }
    } catch (IOException full) {
      // no byte is free for the file itself
    }
  }

  private static void writeAll(FileChannel out, int size) {
    try {
      while (out.write(ByteBuffer.allocate(size)) == size) {
        // on
      }
    } catch (IOException full) {
      // a smaller piece may fit
    }
  }

  /** Frees what {@link #fill} has filled. */
  public void free() {
    try {
      Files.deleteIfExists(filler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Unmounts the disk and keeps its contents in an ordinary directory of the same name. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(filler);
      Path copy = dir.resolveSibling(dir.getFileName() + ".kept");
      run("cp", "-a", dir.toString(), copy.toString());
      Runtime.getRuntime().removeShutdownHook(atExit);
      run("umount", dir.toString());
      Files.delete(dir);
      Files.move(copy, dir);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void detach() {
    try {
      run("umount", "-l", dir.toString());
    } catch (IOException e) {
      System.err.println("still mounted: " + e.getMessage());
    }
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(List.of(command) + ": " + said);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
