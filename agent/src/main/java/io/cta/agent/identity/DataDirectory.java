package io.cta.agent.identity;

import io.cta.json.Json;
import io.vertx.core.buffer.Buffer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Everything this agent keeps, in one directory that no other agent uses at the same time. */
public final class DataDirectory implements Closeable {
  private static final String IDENTITY = "identity.json";

  private final Path root;
  private final FileChannel lock;

  private DataDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /** Another agent has it. */
  public static final class InUse extends Exception {
    InUse(Path root) {
      super("another agent uses the data directory " + root);
    }
  }

  public static DataDirectory open(Path dir) throws IOException, InUse {
    Path root = Files.createDirectories(dir.toAbsolutePath().normalize());
    FileChannel channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw new InUse(root);
    }
    return new DataDirectory(root, channel);
  }

  public Path tasks() {
    return root.resolve("tasks");
  }

  public Path work() {
    return root.resolve("work");
  }

  public Path cache() {
    return root.resolve("cache");
  }

  public Optional<Identity> identity() throws IOException {
    Path file = root.resolve(IDENTITY);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Identity identity = Json.decode(Buffer.buffer(Files.readAllBytes(file)), Identity.class);
    return Optional.of(identity).filter(i -> i.machineId() != null && i.token() != null);
  }

  /** Keeps the identity, readable by its owner only. */
  public void keep(Identity identity) throws IOException {
    Path fresh = root.resolve(IDENTITY + ".new");
    Files.deleteIfExists(fresh);
    if (Files.getFileStore(root).supportsFileAttributeView("posix")) {
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.write(fresh, Json.encode(identity).getBytes());
    try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(
        fresh,
        root.resolve(IDENTITY),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
