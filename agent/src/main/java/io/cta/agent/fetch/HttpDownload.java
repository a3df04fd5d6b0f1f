package io.cta.agent.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Downloads one file into a directory of the cache. It goes on with a part only by a strong entity
 * tag, and what does not fit together is fetched once more from the beginning. Source: RFC 9110,
 * 13.1.5 (If-Range) and 14 (ranges).
 */
final class HttpDownload {
  private final URI uri;
  private final String token;
  private final PartialFile file;
  private final HttpExchangeRunner exchange;
  private final FetchSettings settings;
  private final DownloadProgress progress;
  private long expected;

  HttpDownload(
      URI uri,
      String token,
      PartialFile file,
      FetchContext context,
      FetchSettings settings,
      DownloadProgress progress) {
    this.uri = uri;
    this.token = token;
    this.file = file;
    this.settings = settings;
    this.progress = progress;
    this.exchange = new HttpExchangeRunner(context, settings, progress);
  }

  /**
   * Brings the content up to date.
   *
   * @param sha256 expected digest, or null
   */
  void run(String sha256) throws IOException, FetchFailed, InterruptedException {
    boolean resumed = file.offset() > 0;
    if (!once(sha256, resumed)) {
      file.discard();
      if (!once(sha256, false)) {
        throw FetchFailed.retryable(uri + " does not answer with the whole file");
      }
    }
  }

  /**
   * @param mayBeWrong whether the beginning is of an earlier request, so that it may be another
   *     content in spite of its tag
   * @return false when all has to be asked for again
   */
  private boolean once(String sha256, boolean mayBeWrong)
      throws IOException, FetchFailed, InterruptedException {
    long offset = file.offset();
    HttpResponse<Void> answer =
        exchange.run(uri, token, headers(offset), file.part(), info -> accepted(info, offset));
    if (answer.statusCode() == 304) {
      return true;
    }
    if (answer.statusCode() != 200 && !isRest(answer.statusCode(), offset)) {
      return false;
    }
    long length = Files.size(file.part());
    if (expected < -1 || expected >= 0 && length != expected) {
      return false;
    }
    if (mayBeWrong
        && sha256 != null
        && !FileDigest.of(file.part()).equalsIgnoreCase(sha256.strip())) {
      return false;
    }
    file.complete(answer.headers().firstValue("ETag").orElse(null));
    return true;
  }

  private Map<String, String> headers(long offset) throws IOException {
    Map<String, String> out = new HashMap<>();
    out.put("Accept-Encoding", "identity");
    if (offset > 0) {
      out.put("Range", "bytes=" + offset + "-");
      out.put("If-Range", file.partTag());
    } else if (file.contentTag() != null) {
      out.put("If-None-Match", file.contentTag());
    }
    return out;
  }

  /** Where the body of an answer is written; −1 when it is not wanted. */
  private long accepted(HttpResponse.ResponseInfo answer, long offset)
      throws IOException, FetchFailed {
    int status = answer.statusCode();
    if (status == 304 && offset == 0 || status == 416 && offset > 0) {
      return -1;
    }
    if (status != 200 && !isRest(status, offset)) {
      String text = uri + " answered " + status;
      throw status >= 500 || status == 429 || status == 408
          ? FetchFailed.retryable(text)
          : new FetchFailed(text);
    }
    checkEncoding(answer);
    if (status == 200) {
      expected = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
      limit(expected);
      file.begin(answer.headers().firstValue("ETag").orElse(null));
      progress.begin(0, expected);
      return 0;
    }
    ContentRange range =
        answer.headers().firstValue("Content-Range").flatMap(ContentRange::parse).orElse(null);
    String tag = answer.headers().firstValue("ETag").orElse(file.partTag());
    if (range == null || !range.isRestBehind(offset) || !tag.equals(file.partTag())) {
      expected = -2; // nothing fits that
      return -1;
    }
    expected = range.total();
    limit(expected);
    progress.begin(offset, expected);
    return offset;
  }

  private static boolean isRest(int status, long offset) {
    return status == 206 && offset > 0;
  }

  private void limit(long length) throws FetchFailed {
    if (length > settings.maxDownloadBytes()) {
      throw DownloadBody.tooLarge(settings);
    }
  }

  /** Some servers call a .tar.gz a .tar that they have compressed; it is what was asked for. */
  private void checkEncoding(HttpResponse.ResponseInfo answer) throws FetchFailed {
    String encoding =
        answer.headers().firstValue("Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT);
    String path = String.valueOf(uri.getPath()).toLowerCase(Locale.ROOT);
    boolean ofFile =
        (encoding.equals("gzip") || encoding.equals("x-gzip"))
            && (path.endsWith(".gz") || path.endsWith(".tgz"));
    if (!encoding.equals("identity") && !encoding.isBlank() && !ofFile) {
      throw new FetchFailed(
          uri + " answered with Content-Encoding " + encoding + ", which was not asked for");
    }
  }
}
