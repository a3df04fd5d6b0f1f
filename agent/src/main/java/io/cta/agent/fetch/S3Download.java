package io.cta.agent.fetch;

import io.cta.agent.s3.S3Answer;
import io.cta.agent.s3.S3Call;
import io.cta.agent.s3.S3Client;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Downloads one object into a directory of the cache. It goes on with a part only while the object
 * is the one that the part is of, which {@code If-Match} makes the store check. Source: GetObject,
 * Amazon S3 API Reference, and RFC 9110, 13.1.1 and 14.
 */
final class S3Download {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NOT_MODIFIED = 304;
  private static final int CHANGED = 412;
  private static final int NO_RANGE = 416;

  private final S3Client client;
  private final S3ObjectVersion object;
  private final PartialFile file;
  private final FetchSettings settings;
  private final ProgressStart progress;
  private long expected;

  /** Told where a download begins, and how long the object is. */
  interface ProgressStart {
    void begin(long offset, long expected);
  }

  S3Download(
      S3Client client,
      S3ObjectVersion object,
      PartialFile file,
      FetchSettings settings,
      ProgressStart progress) {
    this.client = client;
    this.object = object;
    this.file = file;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Brings the content up to date.
   *
   * @param sha256 expected digest, or null
   * @return the version of the object, or null where the bucket has none
   */
  String run(String sha256) throws IOException, FetchFailed, InterruptedException {
    if (file.offset() > 0 && object.etag() != null && !object.etag().equals(file.partTag())) {
      file.discard();
    }
    boolean resumed = file.offset() > 0;
    S3Answer answer = once(sha256, resumed);
    if (answer == null) {
      file.discard();
      answer = once(sha256, false);
    }
    if (answer == null) {
      throw FetchFailed.retryable(object.text() + ": the store does not answer with all of it");
    }
    String version = answer.header("x-amz-version-id");
    return version == null || version.equals("null") ? null : version;
  }

  /**
   * @param mayBeWrong whether the beginning is of an earlier request
   * @return null when all has to be asked for again
   */
  private S3Answer once(String sha256, boolean mayBeWrong)
      throws IOException, FetchFailed, InterruptedException {
    long offset = file.offset();
    S3Answer answer = send(offset);
    int status = answer.response().statusCode();
    if (status == NOT_MODIFIED) {
      return answer;
    }
    if (offset > 0 && (status == CHANGED || status == NO_RANGE)) {
      return null;
    }
    if (!answer.isOk()) {
      throw object.failure(answer);
    }
    if (expected < 0 || Files.size(file.part()) != expected) {
      return null;
    }
    if (mayBeWrong
        && sha256 != null
        && !FileDigest.of(file.part()).equalsIgnoreCase(sha256.strip())) {
      return null;
    }
    file.complete(answer.header("ETag"));
    return answer;
  }

  private S3Answer send(long offset) throws IOException, FetchFailed, InterruptedException {
    AtomicLong received = new AtomicLong();
    S3Call call = S3Call.get(object.key(), object.query(), headers(offset));
    try {
      return client.send(
          call,
          info ->
              HttpResponse.BodySubscribers.mapping(
                  DownloadBody.of(
                      info, answer -> accepted(answer, offset), file.part(), received, settings),
                  done -> new byte[0]),
          received);
    } catch (IOException e) {
      throw DownloadBody.failure(e);
    }
  }

  private Map<String, String> headers(long offset) throws IOException {
    Map<String, String> out = new HashMap<>();
    out.put("Accept-Encoding", "identity");
    if (offset > 0) {
      out.put("Range", "bytes=" + offset + "-");
      out.put("If-Match", file.partTag());
    } else if (object.etag() != null) {
      out.put("If-Match", object.etag());
    } else if (file.contentTag() != null) {
      out.put("If-None-Match", file.contentTag());
    }
    return out;
  }

  /** Where the body of an answer is written; −1 when it is not wanted. */
  private long accepted(HttpResponse.ResponseInfo answer, long offset)
      throws IOException, FetchFailed {
    if (answer.statusCode() == NOT_MODIFIED && offset == 0) {
      return -1;
    }
    String tag = answer.headers().firstValue("ETag").orElse(null);
    if (answer.statusCode() == OK) {
      expected = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
      limit();
      file.begin(tag);
      progress.begin(0, expected);
      return 0;
    }
    ContentRange range =
        answer.headers().firstValue("Content-Range").flatMap(ContentRange::parse).orElse(null);
    boolean fits =
        answer.statusCode() == PARTIAL
            && offset > 0
            && range != null
            && range.isRestBehind(offset)
            && (tag == null || tag.equals(file.partTag()));
    if (!fits) {
      expected = -1;
      return -1;
    }
    expected = range.total();
    limit();
    progress.begin(offset, expected);
    return offset;
  }

  private void limit() throws FetchFailed {
    if (expected > settings.maxDownloadBytes()) {
      throw DownloadBody.tooLarge(settings);
    }
  }
}
