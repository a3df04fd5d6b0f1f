package io.cta.agent.fetch;

import io.cta.domain.Repository;
import io.cta.time.MonotonicClock;
import java.net.URI;
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
    String name = FilePlacement.name(uri.getPath() == null ? "" : uri.getPath(), uri.toString());
    String token = context.secrets().line("token", input.token());
    String key = "http " + uri + (token == null ? "" : "\0" + token);
    return cache.use(
        key,
        uri.toString(),
        dir -> {
          PartialFile file = new PartialFile(dir);
          if (!FilePlacement.isExpected(file.content(), input.sha256())) {
            DownloadProgress progress =
                new DownloadProgress(uri.toString(), context.commands()::say, ticker);
            new HttpDownload(uri, token, file, context, settings, progress).run(input.sha256());
            FileDigest.check(file.content(), input.sha256(), uri.toString());
          }
          context.commands().check();
          FilePlacement.place(name, file, to, settings);
          return context.describe()
              ? FetchedVersion.file(null, FileDigest.of(file.content()))
              : FetchedVersion.NONE;
        });
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
}
