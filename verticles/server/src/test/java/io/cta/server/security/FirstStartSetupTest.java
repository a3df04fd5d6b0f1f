package io.cta.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.cta.domain.TokenKind;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the first start creates, also when several servers start at the same time. */
@Timeout(30)
class FirstStartSetupTest {
  private static final String TOKEN = "a-registration-token-for-tests-0123456789";

  private final Vertx vertx = Vertx.vertx();
  private final StoreRepositories stores = new StoreRepositories(new MemoryStore(vertx));

  @BeforeEach
  void prepare() {
    stores.documents.prepare(StoreCollections.ALL).await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @RepeatedTest(5)
  void ofServersThatStartTogetherOneGetsTheLinkAndOneTheToken() {
    List<AccessControl> servers = together(null, null);
    List<String> links = notNull(servers.stream().map(s -> s.notice.welcomeToken()));
    List<String> tokens = notNull(servers.stream().map(s -> s.notice.registrationToken()));
    assertEquals(1, links.size(), links.toString());
    assertEquals(1, tokens.size(), tokens.toString());
    assertNotNull(
        servers.get(2).welcome(links.get(0), "a password for tests", "192.0.2.1").await());
    for (AccessControl server : servers) {
      assertEquals(
          TokenKind.REGISTRATION, server.principalResolver.bearer(tokens.get(0)).await().kind());
    }
  }

  @RepeatedTest(5)
  void aConfiguredTokenIsValidHoweverManyServersInstallIt() {
    List<AccessControl> servers = together(TOKEN, TOKEN + "-2");
    for (AccessControl server : servers) {
      assertNull(server.notice.registrationToken());
      assertEquals(
          TokenKind.REGISTRATION, server.principalResolver.bearer(TOKEN + "-2").await().kind());
    }
  }

  @Test
  void aSingleServerIssuesANewLinkAtEachStartUntilOneIsUsed() {
    assertNotNull(start(true, null, null).await().notice.welcomeToken());
    assertNotNull(start(true, null, null).await().notice.welcomeToken());
    assertNull(start(false, null, null).await().notice.welcomeToken());
  }

  private List<AccessControl> together(String adminToken, String registration) {
    List<Future<AccessControl>> starts =
        Stream.generate(() -> start(false, adminToken, registration)).limit(3).toList();
    Future.all(starts).await();
    return starts.stream().map(Future::result).toList();
  }

  private Future<AccessControl> start(boolean alone, String adminToken, String registration) {
    SecuritySettings settings =
        new SecuritySettings(null, adminToken, registration, Duration.ofHours(1), false);
    return AccessControl.start(vertx, stores, settings, TimeSource.system(), alone);
  }

  private static List<String> notNull(Stream<String> links) {
    return links.filter(Objects::nonNull).toList();
  }
}
