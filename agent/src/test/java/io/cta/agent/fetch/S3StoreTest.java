package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.agent.http.WatchedExchange;
import io.cta.agent.s3.S3Answer;
import io.cta.agent.s3.S3Body;
import io.cta.agent.s3.S3Call;
import io.cta.agent.s3.S3Client;
import io.cta.agent.s3.S3Defaults;
import io.cta.broker.s3.S3Server;
import io.cta.domain.Repository;
import io.cta.domain.RepositoryBuilder;
import io.cta.s3.S3Address;
import io.cta.s3.S3Credentials;
import io.cta.time.MonotonicClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs out of a real store, which checks signatures by code of its own. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class S3StoreTest {
  private static final S3Defaults USER =
      S3Defaults.of(
          Map.of(
              "AWS_ACCESS_KEY_ID",
              S3Server.ACCESS_KEY,
              "AWS_SECRET_ACCESS_KEY",
              S3Server.SECRET_KEY),
          Clock.systemUTC());

  private static S3Server store;

  @TempDir Path dir;
  private int workspaces;

  @BeforeAll
  static void start() {
    store = S3Server.start();
    store.bucket("inputs");
  }

  @AfterAll
  static void stop() {
    if (store != null) {
      store.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "a b", "a+b", "a%20b", "ü€", "in/side/x", "~*()'!"})
  void aKeyIsTheSameInTheStoreAndHere(String key) throws Exception {
    put(key, "content of " + key);
    Path workspace = fetch(input(key), USER);
    String name = key.substring(key.lastIndexOf('/') + 1);
    assertEquals("content of " + key, Files.readString(workspace.resolve(name)));
    assertEquals(
        "content of " + key, Files.readString(fetch(input(key), USER).resolve(name)), "again");
  }

  @Test
  void aPrefixIsListedWithAllThatIsBelowIt() throws Exception {
    List<String> keys = List.of("p/a b", "p/a+b", "p/c%20d", "p/deep/er/ü", "p/z");
    for (String key : keys) {
      put(key, key);
    }
    put("p2", "not below it");
    for (int i = 0; i < 2; i++) {
      Path workspace = fetch(input("p/"), USER);
      for (String key : keys) {
        assertEquals(key, Files.readString(workspace.resolve(key.substring(2))));
      }
    }
  }

  @Test
  void aWrongSecretAndAMissingObjectAreRefused() {
    S3Defaults wrong =
        new S3Defaults(
            new S3Credentials(S3Server.ACCESS_KEY, "wrong", null), "us-east-1", Clock.systemUTC());
    assertTrue(fails(input("plain"), wrong).contains("SignatureDoesNotMatch"));
    assertTrue(fails(input("absent"), USER).contains("404 NoSuchKey"));
  }

  private String fails(Repository input, S3Defaults user) {
    return assertThrows(FetchFailed.class, () -> fetch(input, user)).getMessage();
  }

  private static void put(String key, String content) throws Exception {
    Repository input = input(key);
    S3Client client =
        S3Client.of(
            input,
            S3Address.parse(input.url()).orElseThrow(),
            USER.credentials(),
            USER,
            new WatchedExchange(() -> {}, Duration.ofSeconds(30), bytes -> {}),
            line -> {});
    S3Body body = S3Body.of(content.getBytes(StandardCharsets.UTF_8));
    S3Answer answer = client.send(new S3Call("PUT", key, Map.of(), Map.of(), body), 1000);
    assertTrue(answer.isOk(), () -> answer.error().text());
  }

  private static Repository input(String key) {
    return RepositoryBuilder.builder()
        .type("s3")
        .url("s3://inputs/" + key)
        .endpoint(store.url())
        .build();
  }

  private Path fetch(Repository input, S3Defaults user) throws Exception {
    Path workspace = Files.createDirectories(dir.resolve("w" + workspaces++));
    new InputFetcher(
            new InputCache(dir.resolve("cache"), 100, 1L << 40, Clock.systemUTC()),
            new MavenHome(dir.resolve("m2"), List.of()),
            FetchSettings.defaults(dir.resolve("keys")),
            user,
            MonotonicClock.system())
        .fetch(List.of(input), workspace, true, InputSecrets.NONE, new PlainCommandRunner());
    return workspace;
  }
}
