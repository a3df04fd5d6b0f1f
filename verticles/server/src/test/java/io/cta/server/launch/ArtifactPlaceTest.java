package io.cta.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.artifacts.ArtifactSettings;
import io.cta.server.config.ConfigLoader;
import io.cta.server.config.ConfigResult;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where artifacts are, and when a server of a cluster takes none. */
@Timeout(20)
class ArtifactPlaceTest {
  private static final Map<String, String> BUCKET =
      Map.of(
          "CTA_DATA", "/data",
          "CTA_ARTIFACTS_STORE", "s3",
          "CTA_ARTIFACTS_S3_URL", "s3://team/",
          "AWS_ACCESS_KEY_ID", "x",
          "AWS_SECRET_ACCESS_KEY", "y");

  @Test
  void aServerOfAClusterTakesNoneIntoADirectoryOfItsOwn() {
    String hindrance = settings(Map.of(), false).hindrance();
    assertTrue(hindrance.contains("artifacts.directory"), hindrance);
    assertTrue(hindrance.contains("artifacts.store: s3"), hindrance);
    assertNull(settings(Map.of(), true).hindrance());
  }

  @Test
  void aServerOfAClusterTakesThemIntoWhatItShares() {
    assertNull(settings(Map.of("CTA_ARTIFACTS_DIRECTORY", "/mnt/shared"), false).hindrance());
    assertNull(settings(BUCKET, false).hindrance());
  }

  @Test
  void withABucketUploadsAreStagedBelowTheDataDirectory() {
    assertEquals(Path.of("/data/artifacts"), settings(BUCKET, false).directory());
  }

  private static ArtifactSettings settings(Map<String, String> env, boolean alone) {
    ConfigResult result = ConfigLoader.load(Optional.empty(), env);
    return ArtifactServicesFactory.settings(((ConfigResult.Loaded) result).config(), alone);
  }
}
