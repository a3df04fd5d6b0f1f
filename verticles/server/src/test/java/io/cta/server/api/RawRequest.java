package io.cta.server.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends a request exactly as written, without the normalisation that HTTP clients do. */
public record RawRequest(int status, String body) {
  private static final int TIMEOUT_MILLIS = 10_000;

  /** The status of the response. */
  public static int get(String base, String path, String token) {
    return send("GET", base, path, token).status();
  }

  /** The status of the response, and everything after its headers. */
  public static RawRequest send(String method, String base, String path, String token) {
    URI uri = URI.create(base);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String request =
          "%s %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
              .formatted(method, path, token);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      int end = all.indexOf("\r\n\r\n");
      return new RawRequest(Integer.parseInt(all.split(" ")[1]), all.substring(end + 4));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
