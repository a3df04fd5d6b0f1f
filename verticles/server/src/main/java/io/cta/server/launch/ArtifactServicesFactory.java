package io.cta.server.launch;

import io.cta.s3.S3Address;
import io.cta.s3.S3Endpoint;
import io.cta.server.artifacts.ArtifactServices;
import io.cta.server.artifacts.ArtifactSettings;
import io.cta.server.artifacts.BucketSettings;
import io.cta.server.config.ServerConfig;
import io.cta.server.config.ServerConfig.ArtifactStoreType;
import io.cta.server.store.StoreRepositories;
import io.cta.time.TimeSource;
import io.vertx.core.Vertx;

/** Creates what keeps artifacts, in a directory or in a bucket, from the configuration. */
final class ArtifactServicesFactory {
  /** What one node of a cluster keeps to itself the others could not serve. */
  private static final String NOT_SHARED =
      "servers of a cluster keep artifacts only with artifacts.directory, one that they share, or with"
          + " artifacts.store: s3";

  private ArtifactServicesFactory() {}

  /**
   * @param alone whether the server is in no cluster
   */
  static ArtifactServices of(
      Vertx vertx, ServerConfig config, boolean alone, StoreRepositories stores, TimeSource time) {
    ArtifactSettings settings = settings(config, alone);
    if (!inBucket(config)) {
      return ArtifactServices.inDirectory(vertx, stores, settings, time.wall());
    }
    ServerConfig.S3 s3 = config.artifacts().s3();
    S3Address address = s3.url().orElseThrow();
    BucketSettings bucket =
        new BucketSettings(
            address,
            S3Endpoint.of(
                s3.endpoint().orElse(null), address.bucket(), s3.pathStyle().orElse(null)),
            s3.region().orElse(s3.environment().region()),
            s3.credentials().orElseThrow(),
            time);
    return ArtifactServices.inBucket(vertx, stores, settings, bucket, time.wall());
  }

  private static boolean inBucket(ServerConfig config) {
    return config.artifacts().store() == ArtifactStoreType.S3;
  }

  /**
   * @param alone whether the server is in no cluster
   */
  static ArtifactSettings settings(ServerConfig config, boolean alone) {
    ServerConfig.Artifacts a = config.artifacts();
    boolean shared = inBucket(config) || a.directory().isPresent();
    return new ArtifactSettings(
        a.directory().orElse(config.data().resolve("artifacts")).toAbsolutePath(),
        alone || shared ? null : NOT_SHARED,
        a.maxFile(),
        a.maxPerTask(),
        a.maxFiles(),
        a.linkLifetime());
  }
}
