package io.cta.server.push;

import io.cta.domain.AfterPush;
import io.cta.domain.Repository;
import io.cta.domain.Scenario;
import io.cta.domain.Secret;
import io.cta.error.ServiceFailure;
import io.cta.s3.S3Address;
import io.cta.s3.S3Credentials;
import io.cta.s3.S3Endpoint;
import io.cta.s3.S3Session;
import io.cta.server.executions.ExecutionSecrets;
import io.cta.server.export.ExecutionExporter;
import io.cta.server.export.ExportFormat;
import io.cta.server.export.ExportSource;
import io.cta.server.outgoing.OutgoingClient;
import io.cta.server.secrets.SecretCipher;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Pushes the results of an execution to its place: format by format it makes a file, puts it there
 * and removes it. Each time all of it, but what is there already. One event loop.
 */
public final class ResultPusher {
  /** Each has one file on the disk and the statuses of one task in memory. */
  static final int MAX_AT_ONCE = 8;

  /** What buckets take at once, and proxies let through, with room to spare. */
  static final long MAX_BYTES = 256L << 20;

  private final Vertx vertx;
  private final ExecutionExporter exporter;
  private final ExecutionSecrets secrets;
  private final SecretCipher cipher;
  private final OutgoingClient client;
  private final Function<String, String> links;
  private final Clock clock;
  private final ResultSpool spool;
  private int running;

  /**
   * @param directory of files under way, its own
   * @param links the address at which people look at the execution with an id
   */
  public ResultPusher(
      Vertx vertx,
      StoreRepositories stores,
      SecretCipher cipher,
      OutgoingClient client,
      Path directory,
      Function<String, String> links,
      Clock clock) {
    this.vertx = vertx;
    this.exporter = new ExecutionExporter(vertx, stores);
    this.secrets = new ExecutionSecrets(stores);
    this.cipher = cipher;
    this.client = client;
    this.links = links;
    this.clock = clock;
    spool = new ResultSpool(vertx, exporter, directory, MAX_BYTES);
  }

  /** Is called once, before anything is pushed. */
  public Future<Void> prepare() {
    return spool.prepare();
  }

  /** Whether as much is under way as may be. */
  public boolean isBusy() {
    return running >= MAX_AT_ONCE;
  }

  /**
   * Completes with what is there now, for people; fails with {@link PushFailure}, or with the
   * failure of the store or the network, after which it may be tried again.
   */
  public Future<String> push(String executionId, AfterPush push) {
    running++;
    return exporter
        .read(executionId)
        .compose(source -> push(source, push))
        .recover(e -> Future.failedFuture(worded(e)))
        .onComplete(done -> running--);
  }

  private Future<String> push(ExportSource source, AfterPush push) {
    Scenario scenario = source.asked().snapshot().scenario();
    PushPlace place =
        PushPlace.of(push.to(), source.asked().execution().scenarioName(), source.asked().id());
    return secrets
        .find(push.to(), scenario)
        .compose(
            found -> {
              PushTarget target = target(push.to(), place, found);
              List<String> names = new ArrayList<>();
              Future<Void> done = Future.succeededFuture();
              for (String format : push.formats()) {
                ExportFormat wanted = ExportFormat.of(format);
                names.add(wanted.plainName());
                done = done.compose(v -> push(source, wanted, target));
              }
              return done.map(v -> String.join(", ", names) + " in " + place);
            });
  }

  private Future<Void> push(ExportSource source, ExportFormat format, PushTarget target) {
    return spool
        .write(source, format, links.apply(source.asked().id()))
        .compose(file -> target.put(file).eventually(() -> spool.remove(file.path())));
  }

  private PushTarget target(Repository to, PushPlace place, Map<String, Secret> found) {
    if (to.type().equals("http")) {
      return new AddressTarget(vertx, client, place, opened(found, to.token()), clock);
    }
    S3Endpoint endpoint =
        S3Endpoint.of(
            to.endpoint(), S3Address.parse(to.url()).orElseThrow().bucket(), to.pathStyle());
    S3Credentials credentials =
        new S3Credentials(opened(found, to.accessKey()), opened(found, to.secretKey()), null);
    String region = to.region() == null ? S3Endpoint.DEFAULT_REGION : to.region();
    return new BucketTarget(
        vertx, client, new S3Session(endpoint, credentials, region, clock), place, clock);
  }

  private String opened(Map<String, Secret> found, String name) {
    return name == null ? null : cipher.open(found.get(name).sealed());
  }

  /** What is missing or wrong stays so; what is away for a while does not. */
  private static Throwable worded(Throwable e) {
    return e instanceof ServiceFailure known && !known.code().passes()
        ? PushFailure.forGood(known.getMessage())
        : e;
  }
}
