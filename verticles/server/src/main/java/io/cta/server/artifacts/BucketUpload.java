package io.cta.server.artifacts;

import io.cta.s3.S3Metadata;
import io.cta.s3.S3Multipart;
import io.cta.server.s3.S3Connection;
import io.cta.server.s3.S3Content;
import io.cta.server.s3.S3Failure;
import io.cta.server.s3.S3Request;
import io.cta.server.s3.S3Response;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Puts a file into a bucket: a small one at once, another in parts, one after the other, and the
 * SHA-256 of the whole as metadata. What fails is aborted. Source: PutObject, UploadPart and their
 * neighbours, Amazon S3 API Reference.
 */
final class BucketUpload {
  private static final Duration PART_LIMIT = Duration.ofMinutes(5);

  /** Stores work for a while on what they put together. */
  private static final Duration COMPLETION_LIMIT = Duration.ofMinutes(2);

  private static final int READ_BYTES = 256 * 1024;

  /**
   * How files are cut.
   *
   * @param singleBytes most bytes that are sent at once
   * @param partBytes of each part, unless there would be too many
   */
  record Sizes(long singleBytes, long partBytes) {
    static final Sizes USUAL = new Sizes(16L << 20, 8L << 20);
  }

  private final Vertx vertx;
  private final WorkerExecutor files;
  private final S3Connection bucket;
  private final Sizes sizes;

  /**
   * @param files threads for short work on files
   */
  BucketUpload(Vertx vertx, WorkerExecutor files, S3Connection bucket, Sizes sizes) {
    this.vertx = vertx;
    this.files = files;
    this.bucket = bucket;
    this.sizes = sizes;
  }

  /**
   * Puts a file under a key; fails when the store does not say that it has it.
   *
   * @param sha256 of the file
   */
  Future<Void> put(String key, Path file, long size, String sha256) {
    return size <= sizes.singleBytes()
        ? single(key, file, size, sha256)
        : begin(key, sha256).compose(id -> inParts(new Parts(key, file, size, id)));
  }

  private Future<Void> single(String key, Path file, long size, String sha256) {
    S3Content content = size == 0 ? S3Content.NONE : S3Content.of(vertx, file, 0, size, sha256);
    return bucket
        .upload(
            S3Request.of("PUT", key)
                .headers(Map.of(S3Metadata.SHA256, sha256))
                .content(content)
                .limit(PART_LIMIT))
        .mapEmpty();
  }

  private Future<String> begin(String key, String sha256) {
    return bucket
        .send(
            S3Request.of("POST", key)
                .query(Map.of("uploads", ""))
                .headers(Map.of(S3Metadata.SHA256, sha256)))
        .map(
            answer -> {
              String id = S3Multipart.uploadId(answer.body());
              if (id == null) {
                throw new S3Failure("the store has not begun the upload");
              }
              return id;
            });
  }

  private record Parts(String key, Path file, long size, String uploadId) {}

  private Future<Void> inParts(Parts parts) {
    return next(parts, new ArrayList<>())
        .compose(etags -> complete(parts, etags))
        .recover(e -> abort(parts).transform(done -> Future.failedFuture(e)));
  }

  private Future<List<String>> next(Parts parts, List<String> etags) {
    long partBytes = S3Multipart.partBytes(parts.size(), sizes.partBytes());
    long offset = etags.size() * partBytes;
    if (offset >= parts.size()) {
      return Future.succeededFuture(etags);
    }
    long length = Math.min(partBytes, parts.size() - offset);
    return files
        .executeBlocking(() -> digest(parts.file(), offset, length), false)
        .compose(
            sha256 ->
                bucket.upload(
                    S3Request.of("PUT", parts.key())
                        .query(
                            Map.of(
                                "partNumber", String.valueOf(etags.size() + 1),
                                "uploadId", parts.uploadId()))
                        .content(S3Content.of(vertx, parts.file(), offset, length, sha256))
                        .limit(PART_LIMIT)))
        .compose(
            answer -> {
              etags.add(etag(answer));
              return next(parts, etags);
            });
  }

  private static String etag(S3Response answer) {
    String etag = answer.header("ETag");
    if (etag == null) {
      throw new S3Failure("the store gave no ETag for a part");
    }
    return etag;
  }

  private Future<Void> complete(Parts parts, List<String> etags) {
    return bucket
        .upload(
            S3Request.of("POST", parts.key())
                .query(Map.of("uploadId", parts.uploadId()))
                .content(S3Content.of(S3Multipart.completion(etags)))
                .limit(COMPLETION_LIMIT))
        .map(
            answer -> {
              if (!S3Multipart.isCompleted(answer.body())) {
                throw new S3Failure("the store did not complete the upload");
              }
              return null;
            });
  }

  private Future<Void> abort(Parts parts) {
    return bucket
        .send(S3Request.of("DELETE", parts.key()).query(Map.of("uploadId", parts.uploadId())))
        .mapEmpty();
  }

  private static String digest(Path file, long offset, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer bytes = ByteBuffer.allocate(READ_BYTES);
      for (long at = offset; at < offset + length; ) {
        bytes.clear().limit((int) Math.min(READ_BYTES, offset + length - at));
        int count = channel.read(bytes, at);
        if (count < 0) {
          throw new EOFException("the file was cut off");
        }
        at += count;
        digest.update(bytes.flip());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
