package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ref is what the server lists by exactly one of its names. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class RemoteRefTest {
  private static final String LISTING =
      """
      warning: redirecting to https://h/app.git/
      ref: refs/heads/trunk\tHEAD
      1\tHEAD
      1\trefs/heads/trunk
      2\trefs/heads/both
      3\trefs/tags/both
      4\trefs/tags/v1
      5\trefs/tags/v1^{}
      6\trefs/pull/7/head
      7\trefs/heads/refs/heads/odd
      """;

  @ParameterizedTest
  @CsvSource({
    "HEAD,1,refs/heads/trunk,trunk",
    "trunk,1,refs/heads/trunk,trunk",
    "both,2,refs/heads/both,both",
    "refs/tags/both,3,refs/tags/both,",
    "tags/both,3,refs/tags/both,",
    "v1,5,refs/tags/v1,",
    "pull/7/head,6,refs/pull/7/head,",
    "odd,,,",
    "refs/heads/odd,,,",
    "7/head,,,"
  })
  void byItsWholeName(String ref, String digit, String name, String branch) {
    String listing = LISTING.replaceAll("(?m)^(\\d)\t", "$1".repeat(40) + "\t");
    RemoteRef found = RemoteRef.find(ref, listing).orElse(null);
    assertEquals(digit == null ? null : digit.repeat(40), found == null ? null : found.commit());
    assertEquals(name, found == null ? null : found.name());
    assertEquals(branch, found == null ? null : found.branch());
  }
}
