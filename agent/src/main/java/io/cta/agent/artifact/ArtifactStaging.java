package io.cta.agent.artifact;

import io.cta.agent.journal.StagedArtifact;
import io.cta.agent.journal.TaskJournal;
import io.cta.disk.DiskSpace;
import io.cta.domain.ArtifactPath;
import io.cta.masking.MaskedInput;
import io.cta.masking.SecretMasker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Copies files of tests into the attempt's own directory, without secrets and within the limits:
 * what is sent later is what was there when the test ended. Threads that may block.
 */
public final class ArtifactStaging {
  private static final int COPY_BYTES = 64 * 1024;
  private static final long DISK_CHECK_BYTES = 16L << 20;

  private final TaskJournal journal;
  private final ArtifactLimits limits;
  private final SecretMasker masker;
  private final Path dir;
  private final Map<String, Long> ofTests = new HashMap<>();

  public ArtifactStaging(TaskJournal journal, ArtifactLimits limits, SecretMasker masker) {
    this.journal = journal;
    this.limits = limits;
    this.masker = masker;
    this.dir = directory(journal);
  }

  /** Where the contents of an attempt are. */
  static Path directory(TaskJournal journal) {
    return journal.dir().resolve("artifacts");
  }

  /** The file that has the content of an artifact. */
  public static Path content(TaskJournal journal, StagedArtifact artifact) {
    return directory(journal).resolve(String.valueOf(artifact.index()));
  }

  /** Makes the directory, so that contents can be received. */
  public void prepare() throws IOException {
    Files.createDirectories(dir);
  }

  /** A new name in the same directory, for a content that is just being received. Never blocks. */
  public Path incoming(String name) {
    return dir.resolve("incoming-" + name);
  }

  /**
   * Copies a file; it is in the journal when this returns.
   *
   * @param path the name under which it is kept
   * @param file no link
   */
  public synchronized StagedArtifact take(String testId, String path, Path file)
      throws IOException, ArtifactRefused {
    String name = masker.mask(path);
    String problem = ArtifactPath.problem(name);
    if (problem != null) {
      throw new ArtifactRefused("the name " + problem);
    }
    if (journal.artifacts() >= limits.files()) {
      throw new ArtifactRefused("there are more than " + limits.files() + " files in the attempt");
    }
    Files.createDirectories(dir);
    Path target = dir.resolve(String.valueOf(journal.artifacts() + 1));
    try {
      StagedArtifact staged = copy(testId, name, file, target);
      journal.artifact(staged);
      ofTests.merge(testId, staged.size(), Long::sum);
      return staged;
    } catch (IOException | ArtifactRefused e) {
      Files.deleteIfExists(target);
      throw e;
    }
  }

  private StagedArtifact copy(String testId, String name, Path file, Path target)
      throws IOException, ArtifactRefused {
    MessageDigest digest = sha256();
    long size = 0;
    long unchecked = DISK_CHECK_BYTES;
    byte[] bytes = new byte[COPY_BYTES];
    try (InputStream in =
            MaskedInput.of(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), masker);
        FileChannel out =
            FileChannel.open(
                target,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        size += n;
        unchecked += n;
        requireWithin(testId, size);
        if (unchecked >= DISK_CHECK_BYTES) {
          unchecked = 0;
          requireRoom();
        }
        digest.update(bytes, 0, n);
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, n);
        while (rest.hasRemaining()) {
          out.write(rest);
        }
      }
      out.force(true);
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    return new StagedArtifact(journal.artifacts() + 1, testId, name, size, sha256);
  }

  private void requireWithin(String testId, long size) throws ArtifactRefused {
    if (size > limits.fileBytes()) {
      throw new ArtifactRefused("it has more than " + limits.fileBytes() + " bytes");
    }
    if (ofTests.getOrDefault(testId, 0L) + size > limits.testBytes()) {
      throw new ArtifactRefused(
          "the files of the test have more than " + limits.testBytes() + " bytes");
    }
    if (journal.artifactBytes() + size > limits.taskBytes()) {
      throw new ArtifactRefused(
          "the files of the attempt have more than " + limits.taskBytes() + " bytes");
    }
  }

  private void requireRoom() throws ArtifactRefused {
    DiskSpace space = DiskSpace.of(dir);
    if (space.low(limits.minFreeBytes())) {
      throw new ArtifactRefused(space.text());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
