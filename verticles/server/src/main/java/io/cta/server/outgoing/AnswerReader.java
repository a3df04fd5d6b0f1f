package io.cta.server.outgoing;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads answers as far as they are of use; what a stranger sends must not fill the memory. */
final class AnswerReader {
  /** Bytes after which an answer is cut off, unless somebody wants more. */
  static final int MAX_BYTES = 64 * 1024;

  /** Characters of the body that are kept. */
  static final int MAX_TEXT = 300;

  private static final String COOKIES = "set-cookie";

  private AnswerReader() {}

  /** Completes at the end of the answer, or when it is cut off. */
  static Future<OutgoingAnswer> read(
      HttpClientRequest request, HttpClientResponse response, int maxBytes) {
    Promise<OutgoingAnswer> done = Promise.promise();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(done::tryFail);
    response.handler(
        chunk -> {
          body.appendBuffer(chunk);
          if (body.length() > maxBytes && done.tryComplete(answer(response, body))) {
            request.reset();
          }
        });
    response.endHandler(end -> done.tryComplete(answer(response, body)));
    response.resume();
    return done.future();
  }

  private static OutgoingAnswer answer(HttpClientResponse response, Buffer body) {
    return new OutgoingAnswer(
        response.statusCode(),
        response.getHeader("Retry-After"),
        response.getHeader("Date"),
        text(body.getBytes()),
        headers(response),
        body.toString(StandardCharsets.UTF_8));
  }

  private static Map<String, String> headers(HttpClientResponse response) {
    Map<String, String> out = new HashMap<>();
    response.headers().forEach((name, value) -> out.put(name.toLowerCase(Locale.ROOT), value));
    List<String> cookies = response.headers().getAll(COOKIES);
    if (!cookies.isEmpty()) {
      out.put(COOKIES, String.join("\n", cookies));
    }
    return out;
  }

  /** One line: what is no character or controls a terminal becomes a blank. */
  static String text(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\uFFFD]+", " ").strip();
    int end = line.offsetByCodePoints(0, Math.min(MAX_TEXT, line.codePointCount(0, line.length())));
    return line.substring(0, end);
  }
}
