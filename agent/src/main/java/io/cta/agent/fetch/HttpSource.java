package io.cta.agent.fetch;

import io.cta.domain.Repository;
import io.cta.time.MonotonicClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fetches files by HTTP, and extracts those whose name is that of an archive. */
final class HttpSource implements InputSource {
  private final InputCache cache;
  private final FetchSettings settings;
  private final MonotonicClock ticker;

  HttpSource(InputCache cache, FetchSettings settings, MonotonicClock ticker) {
    this.cache = cache;
    this.settings = settings;
    this.ticker = ticker;
  }

  @Override
  public FetchedVersion fetch(Repository input, Path to, FetchContext context)
      throws FetchFailed, InterruptedException {
    URI uri = uri(InputSource.required("http", "url", input.url()));
    String name = name(uri);
    String token = context.secrets().line("token", input.token());
    String key = "http " + uri + (token == null ? "" : "\0" + token);
    return cache.use(
        key,
        uri.toString(),
        dir -> {
          PartialFile file = new PartialFile(dir);
          if (!isExpected(file.content(), input.sha256())) {
            DownloadProgress progress =
                new DownloadProgress(uri.toString(), context.commands()::say, ticker);
            new HttpDownload(uri, token, file, context, settings, progress).run(input.sha256());
            FileDigest.check(file.content(), input.sha256(), uri.toString());
          }
          context.commands().check();
          place(name, file, to);
          return context.describe()
              ? FetchedVersion.file(null, FileDigest.of(file.content()))
              : FetchedVersion.NONE;
        });
  }

  private void place(String name, PartialFile file, Path to) throws IOException, FetchFailed {
    if (!ArchiveExtractor.isArchive(name)) {
      Files.copy(file.content(), to.resolve(name));
      return;
    }
    try {
      new ArchiveExtractor(settings).extract(name, file.content(), to);
    } catch (FetchFailed e) {
      file.discardContent(); // it may have been damaged on its way
      throw e;
    }
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

  private static URI uri(String url) throws FetchFailed {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null && uri.getScheme().matches("(?i)https?")) {
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
    boolean odd = name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl);
    if (name.isEmpty() || name.equals("..") || name.equals(".") || odd) {
      throw new FetchFailed("the address does not end with the name of a file: " + uri);
    }
    return name;
  }
}
