package io.cta.server.store.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.mongodb.MongoClientSettings;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.Collections;
import io.vertx.core.Vertx;
import io.vertx.ext.mongo.impl.config.MongoClientOptionsParser;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertEquals(WriteConcern.MAJORITY.withJournal(true), client.getWriteConcern());
    assertEquals(ReadPreference.primary(), client.getReadPreference());
    assertEquals(
        patience, client.getClusterSettings().getServerSelectionTimeout(TimeUnit.MILLISECONDS));
  }

  @Test
  void aPasswordDoesNotShowInText() {
    assertFalse(MongoSettings.of("mongodb://u:secret@h", "d").toString().contains("secret"));
  }

  @Test
  void aServerThatIsAwayIsSaidAsUnavailable() {
    String url = "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=100";
    MongoStore store = new MongoStore(vertx, MongoSettings.of(url, "cta"));
    ServiceFailure failure =
        Assertions.assertThrows(
            ServiceFailure.class,
            () -> store.prepare(List.of(Collections.TESTS)).await(10, TimeUnit.SECONDS));
    assertEquals(ErrorCode.UNAVAILABLE, failure.code());
  }
}
