package io.cta.server.store.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcern;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.StoreCollections;
import io.cta.time.MonotonicClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.impl.config.MongoClientOptionsParser;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class MongoSettingsTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({
    "mongodb://h, 5000",
    "mongodb://h/, 5000",
    "mongodb://h:1/db, 5000",
    "mongodb://u:p@h:1/db?retryWrites=false, 5000",
    "mongodb://h/?w=1&journal=false&readPreference=secondary, 5000",
    "mongodb://h/?serverSelectionTimeoutMS=70, 70"
  })
  void writesWaitForTheMajoritysJournalAndReadsAskThePrimaryWhateverTheUrlSays(
      String url, long patience) {
    MongoClientSettings client =
        new MongoClientOptionsParser(vertx, MongoSettings.of(url, "cta").client()).settings();
    assertEquals(
        WriteConcern.MAJORITY.withJournal(true).withWTimeout(10, TimeUnit.SECONDS),
        client.getWriteConcern());
    assertEquals(ReadConcern.MAJORITY, client.getReadConcern());
    assertEquals(ReadPreference.primary(), client.getReadPreference());
    assertEquals(5_000, client.getSocketSettings().getConnectTimeout(TimeUnit.MILLISECONDS));
    assertEquals(60_000, client.getSocketSettings().getReadTimeout(TimeUnit.MILLISECONDS));
    assertTrue(client.getRetryReads());
    assertEquals(!url.contains("retryWrites=false"), client.getRetryWrites());
    assertEquals(
        patience, client.getClusterSettings().getServerSelectionTimeout(TimeUnit.MILLISECONDS));
  }

  @Test
  void credentialsHostsAndTlsComeFromTheUrl() {
    String url =
        "mongodb://u:p%40ss@h:1,i:2/?replicaSet=r&tls=true&authSource=x"
            + "&connectTimeoutMS=7&socketTimeoutMS=8";
    MongoClientSettings client =
        new MongoClientOptionsParser(vertx, MongoSettings.of(url, "cta").client()).settings();
    assertEquals("u", client.getCredential().getUserName());
    assertEquals("x", client.getCredential().getSource());
    assertEquals("r", client.getClusterSettings().getRequiredReplicaSetName());
    assertEquals(
        List.of(new ServerAddress("h", 1), new ServerAddress("i", 2)),
        client.getClusterSettings().getHosts());
    assertTrue(client.getSslSettings().isEnabled());
    assertEquals(7, client.getSocketSettings().getConnectTimeout(TimeUnit.MILLISECONDS));
    assertEquals(8, client.getSocketSettings().getReadTimeout(TimeUnit.MILLISECONDS));
  }

  @ParameterizedTest
  @CsvSource({
    "mongodb://h, h",
    "'mongodb://u:secret@h:1,i:2/?replicaSet=r', 'h:1,i:2'",
    "mongodb://u:secret@h/other?tlsCAFile=/etc/ca, h",
    "mongodb+srv://u:secret@db.example.org/, db.example.org",
    "mongodb://u:se/secret@h/x, the url's hosts"
  })
  void hostsAndDatabaseAreNamedWithoutCredentials(String url, String hosts) {
    MongoSettings settings = MongoSettings.of(url, "cta");
    assertEquals(hosts, settings.hosts());
    assertEquals("mongodb://" + hosts + "/cta", settings.place());
    assertFalse(settings.toString().contains("secret"));
  }

  @Test
  void aDatabaseInTheUrlOnlySaysWhereItsUserIsKnown() {
    JsonObject client = MongoSettings.of("mongodb://u:p@h/people", "cta").client();
    MongoClientOptionsParser parser = new MongoClientOptionsParser(vertx, client);
    assertEquals("cta", parser.database());
    assertEquals("people", parser.settings().getCredential().getSource());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mongodb://u:se/secret@h",
        "mongodb://u:secret@secret:x/",
        "mongodb://u:secret@h/?w=0&retryWrites=true&authMechanism=secret",
        "mongodb://u@secret:secret@h"
      })
  void aUrlThatCannotBeReadIsRefusedWithoutShowingIt(String url) {
    MongoStore store = new MongoStore(vertx, MongoSettings.of(url, "cta"), MonotonicClock.system());
    ServiceFailure failure = failure(store);
    assertEquals("store.mongo.url", failure.field());
    assertFalse(failure.getMessage().contains("secret"), failure.getMessage());
  }

  @Test
  void aServerThatIsAwayIsSaidAsUnavailable() {
    String url = "mongodb://u:secret@127.0.0.1:1/?serverSelectionTimeoutMS=300";
    MongoStore store = new MongoStore(vertx, MongoSettings.of(url, "cta"), MonotonicClock.system());
    ServiceFailure failure = failure(store);
    assertEquals(ErrorCode.UNAVAILABLE, failure.code());
    assertTrue(
        failure
            .getMessage()
            .startsWith("no MongoDB server that takes writes answers at 127.0.0.1:1 ("),
        failure.getMessage());
    assertFalse(failure.getMessage().contains("secret"), failure.getMessage());
  }

  private static ServiceFailure failure(MongoStore store) {
    return assertThrows(
        ServiceFailure.class,
        () -> store.prepare(List.of(StoreCollections.TESTS)).await(10, TimeUnit.SECONDS));
  }
}
