package io.cta.agent.fetch;

import io.cta.domain.Repository;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Fetches files by HTTP, and extracts those whose name is that of an archive. */
final class HttpSource implements InputSource {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration DOWNLOAD_TIMEOUT = Duration.ofMinutes(10);

  private final InputCache cache;

  /** Created at the first request, because it has threads of its own. */
  private static final class Client {
    static final HttpClient ONE =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  HttpSource(InputCache cache) {
    this.cache = cache;
  }

  @Override
  public FetchedVersion fetch(Repository input, Path to, FetchContext context)
      throws FetchFailed, InterruptedException {
    URI uri = uri(InputSource.required("http", "url", input.url()));
    String name = name(uri);
    return cache.use(
        "http " + uri,
        dir -> {
          Path file = dir.resolve("content");
          if (!isExpected(file, input.sha256())) {
            download(uri, dir, file);
            FileDigest.check(file, input.sha256(), uri.toString());
          }
          context.commands().check();
          if (ArchiveExtractor.isArchive(name)) {
            ArchiveExtractor.extract(name, file, to);
          } else {
            Files.copy(file, to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
          }
          return context.describe()
              ? FetchedVersion.file(null, FileDigest.of(file))
              : FetchedVersion.NONE;
        });
  }

  /**
   * Whether the cached file has the expected digest. If not, the server is asked again, with the
   * entity tag.
   */
  private static boolean isExpected(Path file, String sha256) throws IOException {
    return sha256 != null
        && Files.isRegularFile(file)
        && FileDigest.of(file).equalsIgnoreCase(sha256.strip());
  }

  private void download(URI uri, Path dir, Path file)
      throws IOException, FetchFailed, InterruptedException {
    Path tag = dir.resolve("etag");
    Path part = dir.resolve("part");
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(DOWNLOAD_TIMEOUT);
    if (Files.exists(tag) && Files.exists(file)) {
      request.header("If-None-Match", Files.readString(tag));
    }
    HttpResponse<Path> response =
        Client.ONE.send(request.build(), HttpResponse.BodyHandlers.ofFile(part));
    if (response.statusCode() == 304) {
      return;
    }
    if (response.statusCode() != 200) {
      String text = uri + " answered " + response.statusCode();
      boolean retryable = response.statusCode() >= 500 || response.statusCode() == 429;
      throw retryable ? FetchFailed.retryable(text) : new FetchFailed(text);
    }
    Files.deleteIfExists(tag);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    String etag = response.headers().firstValue("ETag").orElse(null);
    if (etag != null) {
      Files.writeString(tag, etag);
    }
  }

  private static URI uri(String url) throws FetchFailed {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null && uri.getScheme().matches("https?")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new FetchFailed("not an address: " + url, e);
    }
    throw new FetchFailed("not an http or https address: " + url);
  }

  private static String name(URI uri) throws FetchFailed {
    String path = uri.getPath() == null ? "" : uri.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.isEmpty() || name.equals("..") || name.equals(".")) {
      throw new FetchFailed("the address does not end with the name of a file: " + uri);
    }
    return name;
  }
}
