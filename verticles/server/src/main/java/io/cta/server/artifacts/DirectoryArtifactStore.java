package io.cta.server.artifacts;

import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Stores contents as files named by their digests, in 256 directories by the first two digits. Each
 * file is moved there whole, so that what is there is complete. Several servers may share the
 * directory.
 */
public final class DirectoryArtifactStore implements ArtifactStore {
  private static final int PARTS = 256;
  private static final String LEAVING = ".leaving";

  private final Vertx vertx;
  private final WorkerExecutor files;
  private final Path root;

  /**
   * @param files threads for short work on files
   */
  public DirectoryArtifactStore(Vertx vertx, WorkerExecutor files, Path root) {
    this.vertx = vertx;
    this.files = files;
    this.root = root;
  }

  @Override
  public Future<Boolean> has(String sha256) {
    return files.executeBlocking(() -> Files.isRegularFile(file(sha256)), false);
  }

  @Override
  public Future<Void> keep(String sha256, Path file) {
    return files.executeBlocking(() -> kept(file(sha256), file), false);
  }

  private static Void kept(Path target, Path file) throws IOException {
    Files.createDirectories(target.getParent());
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return null;
  }

  @Override
  public Future<StoredContent> open(String sha256, ByteRange part) {
    String path = file(sha256).toString();
    return files
        .executeBlocking(() -> size(file(sha256)), false)
        .compose(
            size ->
                vertx
                    .fileSystem()
                    .open(path, new OpenOptions().setRead(true).setWrite(false).setCreate(false))
                    .map(file -> new StoredContent(size, only(part, file).pause(), file::close)));
  }

  private static AsyncFile only(ByteRange part, AsyncFile file) {
    return part == null ? file : file.setReadPos(part.from()).setReadLength(part.length());
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      throw ServiceFailure.notFound("content", file.getFileName().toString());
    }
  }

  /**
   * Moves the content aside before it asks a second time: a reference that was made before that
   * brings it back, one that is made later finds it gone.
   */
  @Override
  public Future<Void> remove(String sha256, Supplier<Future<Boolean>> referred) {
    Path file = file(sha256);
    Path aside = file.resolveSibling(sha256 + LEAVING);
    return referred
        .get()
        .compose(
            first ->
                first
                    ? Future.succeededFuture()
                    : files
                        .executeBlocking(() -> moved(file, aside), false)
                        .compose(
                            moved ->
                                moved ? settle(file, aside, referred) : Future.succeededFuture()));
  }

  private Future<Void> settle(Path file, Path aside, Supplier<Future<Boolean>> referred) {
    return referred
        .get()
        .otherwise(true) // it is not known: the next sweep asks again
        .compose(
            needed ->
                files.executeBlocking(
                    () -> {
                      if (needed) {
                        moved(aside, file);
                      } else {
                        Files.deleteIfExists(aside);
                      }
                      return null;
                    },
                    false));
  }

  private static boolean moved(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Also brings back what a server that died during a removal had moved aside. */
  @Override
  public Future<List<String>> older(Instant before, int turn) {
    return files.executeBlocking(
        () -> older(root.resolve("%02x".formatted(turn % PARTS)), before), false);
  }

  private static List<String> older(Path part, Instant before) throws IOException {
    List<String> out = new ArrayList<>();
    if (!Files.isDirectory(part)) {
      return out;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(part)) {
      for (Path file : found) {
        String name = file.getFileName().toString();
        if (name.endsWith(LEAVING) && isOlder(file, before)) {
          String sha256 = name.substring(0, name.length() - LEAVING.length());
          moved(file, file.resolveSibling(sha256));
          out.add(sha256);
        } else if (isOlder(file, before)) {
          out.add(name);
        }
      }
    }
    return out;
  }

  private static boolean isOlder(Path file, Instant before) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(before);
    } catch (NoSuchFileException e) {
      return false; // removed meanwhile
    }
  }

  private Path file(String sha256) {
    return root.resolve(sha256.substring(0, 2)).resolve(sha256);
  }
}
