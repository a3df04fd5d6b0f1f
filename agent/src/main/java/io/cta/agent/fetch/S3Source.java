package io.cta.agent.fetch;

import io.cta.agent.http.WatchedExchange;
import io.cta.agent.s3.S3Client;
import io.cta.agent.s3.S3Defaults;
import io.cta.agent.s3.S3Refused;
import io.cta.domain.Repository;
import io.cta.s3.S3Address;
import io.cta.s3.S3Credentials;
import io.cta.time.MonotonicClock;
import java.io.IOException;
import java.nio.file.Path;

/** Fetches an object of a store of S3, or all objects below a prefix. */
final class S3Source implements InputSource {
  private static final int MAX_VERSION_CHARS = 300; // longer ones would be cut on their way

  private final InputCache cache;
  private final FetchSettings settings;
  private final S3Defaults defaults;
  private final MonotonicClock ticker;

  S3Source(InputCache cache, FetchSettings settings, S3Defaults defaults, MonotonicClock ticker) {
    this.cache = cache;
    this.settings = settings;
    this.defaults = defaults;
    this.ticker = ticker;
  }

  @Override
  public FetchedVersion fetch(Repository input, Path to, FetchContext context)
      throws FetchFailed, InterruptedException {
    S3Address address =
        S3Address.parse(InputSource.required("s3", "url", input.url()))
            .orElseThrow(() -> new FetchFailed("\"url\" of an input " + S3Address.RULE));
    S3Credentials credentials = S3Access.credentials(input, context.secrets(), defaults);
    DownloadProgress progress =
        new DownloadProgress(address.toString(), context.commands()::say, ticker);
    WatchedExchange exchange =
        new WatchedExchange(context.commands()::check, settings.idle(), progress::received);
    S3Client client =
        S3Client.of(input, address, credentials, defaults, exchange, context.commands()::say);
    return cache.use(
        cacheKey(input, credentials),
        address.toString(),
        dir -> {
          try {
            return address.isPrefix()
                ? new S3PrefixFetcher(client, address, settings, context, progress)
                    .fetch(dir, to, input.sha256())
                : object(input, address, client, new PartialFile(dir), to, context, progress);
          } catch (S3Refused e) {
            throw S3ObjectVersion.failure(e);
          }
        });
  }

  private FetchedVersion object(
      Repository input,
      S3Address address,
      S3Client client,
      PartialFile file,
      Path to,
      FetchContext context,
      DownloadProgress progress)
      throws IOException, FetchFailed, InterruptedException {
    String name = FilePlacement.name(address.key(), address.toString());
    String version = input.version();
    if (!FilePlacement.isExpected(file.content(), input.sha256())) {
      S3ObjectVersion object =
          new S3ObjectVersion(address.bucket(), address.key(), null, input.version());
      version = new S3Download(client, object, file, settings, progress::begin).run(input.sha256());
      FileDigest.check(file.content(), input.sha256(), address.toString());
    }
    context.commands().check();
    FilePlacement.place(name, file, to, settings);
    return context.describe()
        ? FetchedVersion.file(
            version != null && version.length() > MAX_VERSION_CHARS ? null : version,
            FileDigest.of(file.content()))
        : FetchedVersion.NONE;
  }

  /** What was fetched with one key is not given to an input with another one. */
  private static String cacheKey(Repository input, S3Credentials credentials) {
    String login =
        input.accessKey() == null
            ? "machine"
            : credentials.accessKey() + "\0" + credentials.secretKey();
    return String.join(
        "\0",
        "s3 " + input.url(),
        String.valueOf(input.endpoint()),
        String.valueOf(input.version()),
        login);
  }
}
