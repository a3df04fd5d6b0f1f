package io.cta.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The variables of Amazon's programs are read as those read them. */
@Timeout(10)
class S3EnvironmentTest {
  @Test
  void bothKeysMakeCredentialsAndATokenGoesAlong() {
    assertEquals(
        Optional.of(new S3Credentials("a", "b", "c")),
        S3Environment.of(
                Map.of(
                    "AWS_ACCESS_KEY_ID", " a",
                    "AWS_SECRET_ACCESS_KEY", "b",
                    "AWS_SESSION_TOKEN", "c"))
            .credentials());
  }

  @Test
  void oneKeyIsNone() {
    assertTrue(S3Environment.of(Map.of("AWS_ACCESS_KEY_ID", "a")).credentials().isEmpty());
    assertTrue(
        S3Environment.of(Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", " "))
            .credentials()
            .isEmpty());
  }

  @Test
  void theRegionHasTwoNamesAndADefault() {
    assertEquals("us-east-1", S3Environment.of(Map.of()).region());
    assertEquals("eu-west-1", S3Environment.of(Map.of("AWS_DEFAULT_REGION", "eu-west-1")).region());
    assertEquals(
        "eu-west-2",
        S3Environment.of(Map.of("AWS_DEFAULT_REGION", "eu-west-1", "AWS_REGION", "eu-west-2"))
            .region());
    assertEquals("us-east-1", S3Environment.of(Map.of("AWS_REGION", "no region")).region());
  }
}
