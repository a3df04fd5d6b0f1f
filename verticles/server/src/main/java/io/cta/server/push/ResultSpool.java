package io.cta.server.push;

import io.cta.domain.IdGenerator;
import io.cta.server.export.ExecutionExporter;
import io.cta.server.export.ExportFormat;
import io.cta.server.export.ExportSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes files of results: length and digest must be known before a bucket takes them. */
final class ResultSpool {
  private final Vertx vertx;
  private final ExecutionExporter exporter;
  private final Path directory;
  private final long maxBytes;

  /**
   * @param directory is this class's own
   * @param maxBytes of one file; more is refused
   */
  ResultSpool(Vertx vertx, ExecutionExporter exporter, Path directory, long maxBytes) {
    this.vertx = vertx;
    this.exporter = exporter;
    this.directory = directory;
    this.maxBytes = maxBytes;
  }

  /** Removes what a process left that was killed. */
  Future<Void> prepare() {
    String path = directory.toString();
    return vertx
        .fileSystem()
        .exists(path)
        .compose(
            there ->
                there ? vertx.fileSystem().deleteRecursive(path) : Future.<Void>succeededFuture())
        .compose(v -> vertx.fileSystem().mkdirs(path));
  }

  /** Fails with {@link PushFailure} when it would be too large. */
  Future<ResultFile> write(ExportSource source, ExportFormat format, String link) {
    Path path = directory.resolve(IdGenerator.next());
    OpenOptions writing = new OpenOptions().setWrite(true).setCreateNew(true);
    return vertx
        .fileSystem()
        .open(path.toString(), writing)
        .compose(
            file -> {
              Filling filling = new Filling(file, digest());
              return exporter
                  .write(source, format, link, filling::add)
                  .eventually(file::close)
                  .map(
                      v ->
                          new ResultFile(
                              format.plainName(),
                              format.contentType,
                              path,
                              filling.bytes,
                              HexFormat.of().formatHex(filling.digest.digest())));
            })
        .recover(e -> remove(path).transform(v -> Future.failedFuture(e)));
  }

  Future<Void> remove(Path file) {
    return vertx.fileSystem().delete(file.toString());
  }

  /** One text at a time. */
  private final class Filling {
    private final AsyncFile file;
    private final MessageDigest digest;
    private long bytes;

    Filling(AsyncFile file, MessageDigest digest) {
      this.file = file;
      this.digest = digest;
    }

    Future<Void> add(String text) {
      return vertx
          .executeBlocking(
              () -> {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                digest.update(encoded);
                return Buffer.buffer(encoded);
              })
          .compose(
              buffer -> {
                bytes += buffer.length();
                return bytes > maxBytes
                    ? Future.failedFuture(
                        PushFailure.forGood(
                            "the results have more than " + (maxBytes >> 20) + " MB"))
                    : file.write(buffer);
              });
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
