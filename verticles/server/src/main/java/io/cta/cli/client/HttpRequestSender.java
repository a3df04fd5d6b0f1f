package io.cta.cli.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Sends one request over HTTP and reads the whole answer, on the thread of the caller. The JDK's
 * newer client has a thread in a system call, for which the end of a process waits 300 ms, and
 * loads the certificates of all authorities for plain HTTP, too.
 */
final class HttpRequestSender {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  /** Includes the body: half an answer, and then nothing, is no answer. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  private static final int CHUNK_BYTES = 16 * 1024;

  static {
    // whether a request that changes something is sent again is for the callers to decide
    System.setProperty("sun.net.http.retryPost", "false");
  }

  private HttpRequestSender() {}

  /**
   * @param body null for a request without one
   */
  static ApiAnswer send(String method, URL url, Map<String, String> headers, byte[] body)
      throws IOException {
    long begunAt = System.nanoTime();
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setRequestMethod(method);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
    connection.setReadTimeout((int) READ_TIMEOUT.toMillis());
    headers.forEach(connection::setRequestProperty);
    if (body != null) {
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    int status = connection.getResponseCode();
    try (InputStream in =
        status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
      byte[] answer = in == null ? new byte[0] : read(in, begunAt);
      return new ApiAnswer(
          status, connection::getHeaderField, name -> all(connection, name), answer);
    }
  }

  /** Names of headers have no case, but those of the map do. */
  private static List<String> all(HttpURLConnection connection, String name) {
    return connection.getHeaderFields().entrySet().stream()
        .filter(header -> name.equalsIgnoreCase(header.getKey()))
        .flatMap(header -> header.getValue().stream())
        .toList();
  }

  /** Writes the answer's body to a file, unless it is a refusal, whose body is returned. */
  static ApiAnswer download(URL url, Map<String, String> headers, Path file) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
    connection.setReadTimeout((int) READ_TIMEOUT.toMillis());
    headers.forEach(connection::setRequestProperty);
    int status = connection.getResponseCode();
    byte[] refusal = new byte[0];
    if (status < 300) {
      try (InputStream in = connection.getInputStream()) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } else {
      InputStream in = connection.getErrorStream();
      refusal = in == null ? refusal : read(in, System.nanoTime());
    }
    return new ApiAnswer(
        status, connection::getHeaderField, name -> all(connection, name), refusal);
  }

  private static byte[] read(InputStream in, long begunAt) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      answer.write(chunk, 0, n);
      if (System.nanoTime() - begunAt > ANSWER_TIMEOUT.toNanos()) {
        throw new SocketTimeoutException("the answer stopped half-way");
      }
    }
    return answer.toByteArray();
  }
}
