package io.cta.agent.push;

import io.cta.agent.s3.S3Answer;
import io.cta.agent.s3.S3Body;
import io.cta.agent.s3.S3Call;
import io.cta.agent.s3.S3Client;
import io.cta.s3.S3Address;
import io.cta.s3.S3Error;
import io.cta.s3.S3Metadata;
import io.cta.s3.S3Multipart;
import io.cta.s3.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts files below a prefix of a bucket: small ones at once, others in parts. A file counts as
 * there only when the store shows its size and the digest that was sent along; an entity tag is no
 * digest. Source: PutObject, UploadPart and their neighbours, Amazon S3 API Reference.
 */
final class S3Target implements OutputTarget {
  private static final Logger log = LoggerFactory.getLogger(S3Target.class);
  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;

  /**
   * How files are cut.
   *
   * @param singleBytes most bytes that are sent at once
   * @param partBytes of each part, unless there would be too many
   */
  record Sizes(long singleBytes, long partBytes) {
    static final Sizes USUAL = new Sizes(16L << 20, 8L << 20);
  }

  private final S3Client client;
  private final S3Client last;
  private final S3Address address;
  private final Path states;
  private final Sizes sizes;

  /**
   * @param last for what has to be done when there is no time left
   * @param states directory of the uploads that have begun
   */
  S3Target(S3Client client, S3Client last, S3Address address, Path states, Sizes sizes) {
    this.client = client;
    this.last = last;
    this.address = address;
    this.states = states;
    this.sizes = sizes;
  }

  @Override
  public boolean push(PushFile file) throws IOException, InterruptedException {
    String key = key(file);
    if (isThere(key, file)) {
      Files.deleteIfExists(state(key)); // it was completed right before the agent was killed
      return false;
    }
    if (file.size() <= sizes.singleBytes()) {
      put(key, file);
    } else {
      upload(key, file);
    }
    if (!isThere(key, file)) {
      throw new PushFailed("the store does not show what it has taken", true);
    }
    Files.deleteIfExists(state(key));
    return true;
  }

  @Override
  public void abandon(PushFile file) {
    try {
      Path state = state(key(file));
      S3UploadState upload = S3UploadState.load(state, file.sha256());
      Files.deleteIfExists(state);
      if (upload != null) {
        last.send(call("DELETE", key(file), of(upload), Map.of(), S3Body.NONE), S3Error.MAX_BYTES);
      }
    } catch (IOException e) {
      log.warn("an upload stays open [address: {}, file: {}]", address, file.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the store has exactly this content. */
  private boolean isThere(String key, PushFile file) throws IOException, InterruptedException {
    S3Answer answer = client.send(call("HEAD", key, Map.of(), Map.of(), S3Body.NONE), 0);
    int status = answer.response().statusCode();
    if (answer.isOk()) {
      return file.sha256().equals(answer.header(S3Metadata.SHA256))
          && String.valueOf(file.size()).equals(answer.header("Content-Length"));
    }
    // who may not list a bucket is not told what is not there
    if (status == NOT_FOUND || status == FORBIDDEN) {
      return false;
    }
    throw failure(answer);
  }

  private void put(String key, PushFile file) throws IOException, InterruptedException {
    AtomicLong moved = new AtomicLong();
    FileRange all = FileRange.all(file);
    S3Body body = new S3Body(file.sha256(), () -> all.publisher(moved));
    require(call("PUT", key, Map.of(), Map.of(S3Metadata.SHA256, file.sha256()), body), moved);
  }

  private void upload(String key, PushFile file) throws IOException, InterruptedException {
    Path stateFile = state(key);
    S3UploadState upload = S3UploadState.load(stateFile, file.sha256());
    if (upload == null) {
      upload = begin(key, file).save(stateFile);
    }
    try {
      long parts = (file.size() + upload.partBytes() - 1) / upload.partBytes();
      for (int number = upload.etags().size() + 1; number <= parts; number++) {
        upload = upload.with(part(key, file, upload, number)).save(stateFile);
      }
      complete(key, upload);
    } catch (UploadGone e) {
      Files.deleteIfExists(stateFile);
      throw e;
    }
  }

  private S3UploadState begin(String key, PushFile file) throws IOException, InterruptedException {
    S3Answer answer =
        require(
            call(
                "POST",
                key,
                Map.of("uploads", ""),
                Map.of(S3Metadata.SHA256, file.sha256()),
                S3Body.NONE),
            new AtomicLong());
    String id = S3Multipart.uploadId(answer.response().body());
    if (id == null) {
      throw new PushFailed("the store has not begun the upload", true);
    }
    long partBytes = S3Multipart.partBytes(file.size(), sizes.partBytes());
    return new S3UploadState(file.sha256(), id, partBytes, List.of());
  }

  private String part(String key, PushFile file, S3UploadState upload, int number)
      throws IOException, InterruptedException {
    long offset = (number - 1) * upload.partBytes();
    FileRange range =
        new FileRange(file.content(), offset, Math.min(upload.partBytes(), file.size() - offset));
    AtomicLong moved = new AtomicLong();
    S3Body body = new S3Body(digest(range), () -> range.publisher(moved));
    Map<String, String> query =
        Map.of("partNumber", String.valueOf(number), "uploadId", upload.uploadId());
    String etag = require(call("PUT", key, query, Map.of(), body), moved).header("ETag");
    if (etag == null) {
      throw new PushFailed("the store gave no ETag for a part", true);
    }
    return etag;
  }

  private static String digest(FileRange range) throws IOException {
    try (InputStream in = range.open()) {
      return Sha256.of(in);
    }
  }

  private void complete(String key, S3UploadState upload) throws IOException, InterruptedException {
    S3Body body = S3Body.of(S3Multipart.completion(upload.etags()));
    S3Answer answer = require(call("POST", key, of(upload), Map.of(), body), new AtomicLong());
    if (!S3Multipart.isCompleted(answer.response().body())) {
      S3Error error = S3Error.parse(answer.response().statusCode(), answer.response().body());
      throw new PushFailed("the store did not complete the upload: " + error.text(), true);
    }
  }

  private S3Answer require(S3Call call, AtomicLong moved) throws IOException, InterruptedException {
    S3Answer answer = client.send(call, S3Error.MAX_BYTES, moved);
    if (!answer.isOk()) {
      throw failure(answer);
    }
    return answer;
  }

  private static Map<String, String> of(S3UploadState upload) {
    return Map.of("uploadId", upload.uploadId());
  }

  private String key(PushFile file) throws PushFailed {
    String prefix = address.isPrefix() ? address.key() : address.key() + "/";
    if (!S3Address.isKey(prefix + file.name())) {
      throw new PushFailed("its key would have more than 1024 bytes", false);
    }
    return prefix + file.name();
  }

  private Path state(String key) {
    return states.resolve(Sha256.of(address.bucket() + "/" + key) + ".json");
  }

  private static S3Call call(
      String method,
      String key,
      Map<String, String> query,
      Map<String, String> headers,
      S3Body body) {
    return new S3Call(method, key, query, headers, body);
  }

  private static PushFailed failure(S3Answer answer) {
    if (answer.error().is("NoSuchUpload")) {
      return new UploadGone();
    }
    return new PushFailed(
        "the store answered " + answer.error().text(), answer.error().isTemporary());
  }

  /** The store has forgotten an upload, or has completed it. */
  private static final class UploadGone extends PushFailed {
    UploadGone() {
      super("the store does not know the upload any more", true);
    }
  }
}
