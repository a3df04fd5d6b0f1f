package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.s3.S3Server;
import io.cta.domain.AfterHandler;
import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterPush;
import io.cta.domain.AfterState;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryBuilder;
import io.cta.domain.DeliveryState;
import io.cta.domain.Execution;
import io.cta.domain.RepositoryBuilder;
import io.cta.domain.Result;
import io.cta.domain.SecretBuilder;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Results go into the bucket of a real store, whose clock is months ahead of the fixture's. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BucketPushesTest {
  private static S3Server s3;
  private static int buckets;
  private final NotifyFixture fixture = new NotifyFixture();
  private String name;
  private Path bucket;

  @BeforeAll
  static void startStore() {
    s3 = S3Server.start();
  }

  @AfterAll
  static void stopStore() {
    if (s3 != null) {
      s3.close();
    }
  }

  @BeforeEach
  void deploy() {
    name = "team-" + buckets++;
    bucket = s3.bucket(name);
    fixture.deploy();
    secret("user", S3Server.ACCESS_KEY);
    secret("password", S3Server.SECRET_KEY);
    secret("wrong", "nobody's key");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aBucketGetsEachFormatBelowScenarioAndExecution() throws Exception {
    Execution e = pushed("password");
    AfterOutcome outcome = fixture.settled(e).get(0);
    assertEquals(AfterState.DONE, outcome.state(), outcome::toString);
    assertEquals(
        "pushed junit.xml, execution.json in s3://" + name + "/runs/nightly/" + e.id() + "/",
        outcome.text());
    assertTrue(Files.readString(file(e, "junit.xml")).contains("<testsuites"));
    JsonObject json = new JsonObject(Files.readString(file(e, "execution.json")));
    assertEquals(e.id(), json.getJsonObject("execution").getString("id"));
  }

  @Test
  void whatIsThereIsNotSentOnceMore() throws Exception {
    Execution e = pushed("password");
    fixture.settled(e);
    FileTime old = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    Files.setLastModifiedTime(file(e, "junit.xml"), old);
    Files.delete(file(e, "execution.json"));
    again(fixture.deliveries().get(0));
    assertEquals(old, Files.getLastModifiedTime(file(e, "junit.xml")));
    assertTrue(Files.exists(file(e, "execution.json")));
  }

  @Test
  void aWrongKeyIsFinalAndToldInTheStoresWords() {
    Execution e = pushed("wrong");
    AfterOutcome outcome = fixture.settled(e).get(0);
    assertEquals(AfterState.FAILED, outcome.state());
    assertTrue(
        outcome.text().startsWith("not pushed: the store answered 403 SignatureDoesNotMatch"),
        outcome.text());
    assertFalse(Files.exists(bucket.resolve("runs")));
  }

  @Test
  void aStoreThatIsAwayForAWhileGetsItLater() {
    s3.stop();
    Execution e = pushed("password");
    fixture.outcomes(e, all -> String.valueOf(all.get(0).text()).startsWith("not pushed yet"));
    s3.startAgain();
    fixture.untilLater(
        Duration.ofSeconds(2),
        () -> fixture.deliveries().get(0).state(),
        state -> state == DeliveryState.DELIVERED);
    assertEquals(AfterState.DONE, fixture.settled(e).get(0).state());
    assertTrue(Files.exists(file(e, "execution.json")));
  }

  private Path file(Execution e, String name) {
    return bucket.resolve("runs").resolve("nightly").resolve(e.id()).resolve(name);
  }

  private Execution pushed(String secretKey) {
    AfterPush push =
        new AfterPush(
            RepositoryBuilder.builder()
                .type("s3")
                .url("s3://" + name + "/runs")
                .endpoint(s3.url())
                .accessKey("user")
                .secretKey(secretKey)
                .build(),
            null);
    Execution e =
        fixture.over(
            Result.OK, List.of(new AfterHandler(null, null, null, null, null, push, null)));
    fixture.tell(e);
    return e;
  }

  /** As a redelivery does it. */
  private void again(Delivery first) {
    Delivery next =
        DeliveryBuilder.builder(first)
            .id(first.id() + "-again")
            .state(DeliveryState.WAITING)
            .attempts(List.of())
            .nextAt(fixture.clock.instant())
            .build();
    fixture.stores.deliveries.insert(next.id(), next).await();
    NotifyFixture.until(
        () -> fixture.stores.deliveries.get(next.id()).await().value().state(),
        state -> state == DeliveryState.DELIVERED);
  }

  private void secret(String name, String value) {
    fixture
        .stores
        .secrets
        .insert(
            "id-" + name,
            SecretBuilder.builder()
                .id("id-" + name)
                .name(name)
                .sealed(fixture.cipher.seal(value))
                .build())
        .await();
  }
}
