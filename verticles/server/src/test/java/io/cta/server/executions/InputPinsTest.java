package io.cta.server.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionSource;
import io.cta.domain.ExecutionSourceBuilder;
import io.cta.domain.Repository;
import io.cta.domain.RepositoryBuilder;
import io.cta.domain.ResolvedInput;
import io.cta.domain.State;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which inputs must be held to what they were, and how they are. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class InputPinsTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final String DIGEST = "a".repeat(64);

  @ParameterizedTest
  @CsvSource({
    "git,main,,true",
    "git,,,true",
    "git,0123456789abcdef0123456789abcdef01234567,,false",
    "git,0123456,,true",
    "http,,,true",
    "http,,aaaa,false",
    "maven,g:a:1.0,,false",
    "maven,g:a:1.0-SNAPSHOT,,true",
    "maven,g:a:LATEST,,true",
    "maven,g:a:1.0-SNAPSHOT,aaaa,false",
    "s3,,,true",
    "s3,,aaaa,false",
    "local,,,false"
  })
  void whatMayBeAnotherThingTomorrowMustBeResolved(
      String type, String version, String sha256, boolean open) {
    boolean maven = type.equals("maven");
    Repository input =
        new Repository(
            null,
            type,
            maven ? version : null,
            "https://h/x",
            "/x",
            maven ? null : version,
            sha256,
            null);
    assertEquals(open, InputPins.needed(List.of(input)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "g:a:[1,2);1.5;g:a:1.5",
        "g:a:LATEST:tests;1.5;g:a:1.5:tests",
        "g:a:1-SNAPSHOT;1-SNAPSHOT;g:a:1-SNAPSHOT",
        "g:a:1.0;1.0;g:a:1.0"
      })
  void theVersionThatMavenChoseIsThatOfEveryTask(String asked, String chosen, String wanted) {
    Repository maven = new Repository(null, "maven", asked, null, null, null, null, null);
    List<ResolvedInput> answer = List.of(new ResolvedInput(0, chosen, DIGEST, null, null, null));
    Repository pinned = InputPins.pinned(List.of(maven), answer).get(0);
    assertEquals(wanted, pinned.artifact());
    assertEquals(DIGEST, pinned.sha256());
  }

  @Test
  void everyTaskGetsWhatTheFirstOneFetched() {
    Repository git = git("https://h/app.git");
    Repository http = new Repository(null, "http", null, "https://h/f", null, null, null, null);
    List<Repository> pinned =
        InputPins.pinned(
            List.of(git, http),
            List.of(
                new ResolvedInput(0, COMMIT, null, "main", null, null),
                new ResolvedInput(1, null, DIGEST, null, null, null)));
    assertEquals(COMMIT, pinned.get(0).ref());
    assertEquals(DIGEST, pinned.get(1).sha256());
    assertFalse(InputPins.needed(pinned));
  }

  @Test
  void anObjectWithVersionsIsHeldToItsVersion() {
    Repository object = new Repository(null, "s3", null, "s3://b/k", null, null, null, null);
    Repository pinned =
        InputPins.pinned(
                List.of(object), List.of(new ResolvedInput(0, "v7", DIGEST, null, null, null)))
            .get(0);
    assertEquals("v7", pinned.version());
    assertEquals(DIGEST, pinned.sha256());
    assertNull(pinned.ref());
    Repository chosen = RepositoryBuilder.builder(object).version("v1").build();
    assertFalse(InputPins.needed(List.of(chosen)));
  }

  @Test
  void theFirstAnswerStays() {
    List<Repository> inputs = List.of(git("https://h/app.git"));
    Execution first = InputPins.fixed(execution(null), inputs, List.of(resolved(COMMIT)));
    assertEquals(List.of(resolved(COMMIT)), first.resolvedInputs());
    assertFalse(first.resolving());
    assertSame(first, InputPins.fixed(first, inputs, List.of(resolved("f".repeat(40)))));
  }

  @Test
  void theSourceIsThatOfTheFirstGitInputAndForTheRestWhatWasSaid() {
    ExecutionSource asked =
        ExecutionSourceBuilder.builder().branch("asked").commit("abc").buildNumber("7").build();
    List<Repository> inputs = List.of(git("https://user:secret@h/app.git"));
    ExecutionSource source =
        InputPins.fixed(execution(asked), inputs, List.of(resolved(COMMIT))).source();
    assertEquals("https://h/app.git", source.repository());
    assertEquals("main", source.branch());
    assertEquals(COMMIT, source.commit());
    assertEquals("7", source.buildNumber());
    ResolvedInput tag = new ResolvedInput(0, COMMIT, null, null, "a", "s");
    assertEquals(
        "asked", InputPins.fixed(execution(asked), inputs, List.of(tag)).source().branch());
  }

  @Test
  void anAnswerThatNamesNoInputDoesNoHarm() {
    List<ResolvedInput> strange = List.of(new ResolvedInput(7, COMMIT, null, null, null, null));
    List<Repository> inputs = List.of(git("https://h/app.git"));
    assertEquals(inputs, InputPins.pinned(inputs, strange));
    assertNull(InputPins.fixed(execution(null), inputs, strange).source());
  }

  private static Execution execution(ExecutionSource source) {
    return ExecutionBuilder.builder()
        .id("e")
        .state(State.PENDING)
        .resolving(true)
        .source(source)
        .build();
  }

  private static ResolvedInput resolved(String commit) {
    return new ResolvedInput(0, commit, null, "main", "somebody", "a change");
  }

  private static Repository git(String url) {
    return new Repository(null, "git", null, url, null, "main", null, null);
  }
}
