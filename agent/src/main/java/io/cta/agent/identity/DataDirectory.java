package io.cta.agent.identity;

import io.cta.domain.SecretGenerator;
import io.cta.json.JsonMapping;
import io.vertx.core.buffer.Buffer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/** The directory with everything that this agent keeps; no other agent uses it at the same time. */
public final class DataDirectory implements Closeable {
  private static final String IDENTITY = "identity.json";
  private static final String PROOF = "enrolment.key";
  private static final Set<OpenOption> WRITABLE =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

  private final Path root;
  private final FileChannel lock;

  private DataDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /** Another agent uses the directory. */
  public static final class InUse extends Exception {
    InUse(Path root) {
      super("another agent uses the data directory " + root);
    }
  }

  public static DataDirectory open(Path dir) throws IOException, InUse {
    Path root = PrivateFiles.directory(dir.toAbsolutePath().normalize());
    FileChannel channel = PrivateFiles.open(root.resolve("lock"), WRITABLE);
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

  /** Where the disk check creates files for a moment. */
  public Path probes() {
    return root.resolve("probes");
  }

  public Path cache() {
    return root.resolve("cache");
  }

  /** Where private keys are for as long as git runs with them. */
  public Path keys() {
    return root.resolve("keys");
  }

  /** Maven's local repository, for a user without a home. */
  public Path maven() {
    return root.resolve("m2");
  }

  public Optional<AgentIdentity> identity() throws IOException {
    Path file = root.resolve(IDENTITY);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    AgentIdentity identity =
        JsonMapping.decode(Buffer.buffer(Files.readAllBytes(file)), AgentIdentity.class);
    return Optional.of(identity).filter(i -> i.machineId() != null && i.token() != null);
  }

  /** Writes the identity, readable by its owner only. */
  public void keep(AgentIdentity identity) throws IOException {
    keep(IDENTITY, JsonMapping.encode(identity).getBytes());
  }

  /**
   * A secret that proves to the server that this is the agent that it enrolled. It is written
   * before the first enrolment, so that an agent whose answer got lost can enrol again.
   */
  public String proof() throws IOException {
    Path file = root.resolve(PROOF);
    if (Files.exists(file)) {
      String known = Files.readString(file).strip();
      if (!known.isEmpty()) {
        return known;
      }
    }
    String made = SecretGenerator.next();
    keep(PROOF, made.getBytes(StandardCharsets.US_ASCII));
    return made;
  }

  private void keep(String name, byte[] content) throws IOException {
    Path fresh = root.resolve(name + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel written = PrivateFiles.open(fresh, WRITABLE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        written.write(rest);
      }
      written.force(true);
    }
    Files.move(
        fresh,
        root.resolve(name),
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
