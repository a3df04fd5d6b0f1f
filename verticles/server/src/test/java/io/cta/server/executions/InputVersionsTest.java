package io.cta.server.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.domain.Repository;
import io.cta.error.ServiceFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which input gets the ref or version that a request asks for. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class InputVersionsTest {
  private static final Repository APP = git(null, "https://h/team/app.git/");
  private static final Repository DATA = git("data", "git@h:team/app.git");
  private static final Repository LIB =
      new Repository(null, "maven", "g:lib:1.0:tests", null, null, null, "a".repeat(64), null);

  @Test
  void aRefGoesToTheOnlyGitInput() {
    List<Repository> out = InputVersions.of(List.of(LIB, APP), "v2", Map.of());
    assertEquals("v2", out.get(1).ref());
    assertEquals(LIB, out.get(0));
  }

  @Test
  void namedInputsGetTheirOwn() {
    List<Repository> out =
        InputVersions.of(
            List.of(APP, DATA, LIB), null, Map.of("app", "main", "data", "d", "lib", "2.0"));
    assertEquals("main", out.get(0).ref());
    assertEquals("d", out.get(1).ref());
    assertEquals("g:lib:2.0:tests", out.get(2).artifact());
    assertNull(out.get(2).sha256(), "the digest is that of another version");
  }

  @ParameterizedTest
  @CsvSource({
    "git,https://h/team/app.git,app",
    "git,git@h:team/app.git,app",
    "git,https://h/app/?x=1,app",
    "http,https://h/d/data.tar.gz#part,data.tar.gz",
    "local,/srv/tests/,tests",
    "local,C:\\tests\\unit,unit"
  })
  void anInputIsCalledByTheLastPartOfItsAddress(String type, String address, String name) {
    boolean local = type.equals("local");
    Repository input =
        new Repository(
            null, type, null, local ? null : address, local ? address : null, null, null, null);
    assertEquals(name, InputVersions.nameOf(input));
  }

  @Test
  void aRefThatFitsNoInputOrSeveralIsRefused() {
    assertEquals("ref", fault(List.of(APP, DATA), "v2", Map.of()));
    assertEquals("ref", fault(List.of(LIB), "v2", Map.of()));
    assertEquals("inputs.nope", fault(List.of(APP), null, Map.of("nope", "v2")));
    assertEquals("inputs.app", fault(List.of(APP, APP), null, Map.of("app", "v2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--upload-pack=x", "-x", "a b", "a\nb", " "})
  void aRefThatAProgramCouldTakeForSomethingElseIsRefused(String ref) {
    assertEquals("ref", fault(List.of(APP), ref, Map.of()));
    assertEquals("inputs.lib", fault(List.of(LIB), null, Map.of("lib", ref)));
  }

  @Test
  void anObjectGetsAnotherVersionWithoutTheDigestOfTheOld() {
    String digest = "a".repeat(64);
    Repository object = new Repository(null, "s3", null, "s3://b/d/k", null, null, digest, null);
    Repository out = InputVersions.of(List.of(object), null, Map.of("k", "v7")).get(0);
    assertEquals("v7", out.version());
    assertNull(out.sha256());
  }

  @Test
  void aVersionCannotBringAClassifierAlong() {
    assertEquals("inputs.lib", fault(List.of(LIB), null, Map.of("lib", "1.0:sources")));
  }

  private static String fault(List<Repository> inputs, String ref, Map<String, String> named) {
    return assertThrows(ServiceFailure.class, () -> InputVersions.of(inputs, ref, named)).field();
  }

  private static Repository git(String name, String url) {
    return new Repository(name, "git", null, url, null, "main", null, null);
  }
}
