package io.cta.server.artifacts;

import io.cta.disk.DiskSpace;
import io.cta.domain.AttemptRef;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Contents on their way from an agent to the server, a file each. What has come stays when the
 * connection breaks, so that the agent goes on behind it. One event loop only.
 */
final class IncomingUploads {
  private static final int READ_BYTES = 256 * 1024;

  private final Vertx vertx;
  private final WorkerExecutor files;
  private final Path dir;
  private final Set<Path> open = new HashSet<>();

  IncomingUploads(Vertx vertx, WorkerExecutor files, Path dir) {
    this.vertx = vertx;
    this.files = files;
    this.dir = dir;
  }

  /** Bytes of the content that have come so far. */
  Future<Long> received(AttemptRef attempt, String sha256) {
    Path file = file(attempt, sha256);
    return files.executeBlocking(() -> Files.exists(file) ? Files.size(file) : 0L, false);
  }

  /**
   * Appends a part, and completes with the bytes that have come so far. Fails with STALE when the
   * part does not begin where the last one ended, with NO_SPACE when the disk is low.
   *
   * @param body paused
   */
  Future<Long> append(AttemptRef attempt, String sha256, long offset, ReadStream<Buffer> body) {
    Path file = file(attempt, sha256);
    if (!open.add(file)) {
      // the request before this one was given up, but its end has not been noticed yet
      return Future.failedFuture(
          new ServiceFailure(ErrorCode.UNAVAILABLE, "another part of it is just being received"));
    }
    return files
        .executeBlocking(() -> prepared(file, offset), false)
        .compose(ready -> write(file, offset, body))
        .compose(done -> received(attempt, sha256))
        .onComplete(done -> open.remove(file));
  }

  private Void prepared(Path file, long offset) throws IOException {
    Files.createDirectories(dir);
    DiskSpace space = DiskSpace.of(dir);
    if (space.low(0)) {
      throw new ServiceFailure(ErrorCode.NO_SPACE, "no artifact is taken: " + space.text());
    }
    long there = Files.exists(file) ? Files.size(file) : 0;
    if (there != offset) {
      throw new ServiceFailure(
          ErrorCode.STALE, "offset must be " + there + ", which is what has come so far");
    }
    return null;
  }

  private Future<Void> write(Path file, long offset, ReadStream<Buffer> body) {
    return vertx
        .fileSystem()
        .open(file.toString(), new OpenOptions().setRead(false).setWrite(true).setCreate(true))
        .compose(
            target ->
                body.pipe()
                    .endOnComplete(false)
                    .to(target.setWritePos(offset))
                    // what has come is kept, whatever ended it
                    .eventually(target::close));
  }

  /** Makes the file of a content without any bytes. */
  Future<Void> empty(AttemptRef attempt, String sha256) {
    Path file = file(attempt, sha256);
    return files.executeBlocking(
        () -> {
          Files.createDirectories(dir);
          Files.write(file, new byte[0]);
          return null;
        },
        false);
  }

  /** The file of a whole content, on disk; deletes it and fails when it has another digest. */
  Future<Path> whole(AttemptRef attempt, String sha256) {
    Path file = file(attempt, sha256);
    return files.executeBlocking(() -> checked(file, sha256), false);
  }

  private static Path checked(Path file, String sha256) throws IOException {
    String actual = digest(file);
    if (!actual.equals(sha256)) {
      Files.deleteIfExists(file);
      throw ServiceFailure.invalid("X-CTA-SHA256", "must be that of the content, " + actual);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    return file;
  }

  private static String digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = new byte[READ_BYTES];
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        digest.update(bytes, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Deletes what nobody has gone on with since then. */
  Future<Void> sweep(Instant before) {
    return files.executeBlocking(() -> swept(before), false);
  }

  private Void swept(Instant before) throws IOException {
    if (!Files.isDirectory(dir)) {
      return null;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(dir)) {
      for (Path file : found) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          Files.deleteIfExists(file);
        }
      }
    }
    return null;
  }

  private Path file(AttemptRef attempt, String sha256) {
    return dir.resolve(attempt.taskId() + "." + attempt.attempt() + "." + sha256);
  }
}
