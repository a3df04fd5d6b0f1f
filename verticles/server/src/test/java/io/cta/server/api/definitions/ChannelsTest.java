package io.cta.server.api.definitions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AccessRole;
import io.cta.domain.Channel;
import io.cta.domain.ChannelBuilder;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.cta.server.webhook.SigningKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels are defined, and their keys shown once or never. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ChannelsTest {
  private static final String PATH = "/api/v1/channels";

  private final ApiServer server = new ApiServer();
  private final TestApiClient maintainer = server.as(AccessRole.MAINTAINER);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aKeyThatTheServerMakesIsShownOnce() {
    TestApiClient.ReceivedResponse made = maintainer.post(PATH, channel("team"), "k").is(201);
    String key = made.json().getString("key");
    assertEquals(key, SigningKey.parse("key", key).text());
    assertEquals(key, stored().text());
    for (String path : new String[] {PATH, PATH + "/team", made.header("Location")}) {
      String body = maintainer.get(path).is(200).response().body();
      assertFalse(body.contains("\"key\"") || body.contains("whsec"), body);
    }
    JsonObject again = maintainer.post(PATH, channel("team"), "k").is(201).json();
    assertEquals(made.json().getString("id"), again.getString("id"));
    assertNull(again.getString("key"));
  }

  @Test
  void aKeyThatIsGivenIsShownNeverAndStoredSealed() {
    String key = SigningKey.random().text();
    JsonObject made = maintainer.post(PATH, channel("team").put("key", key)).is(201).json();
    assertNull(made.getString("key"));
    assertEquals(key, stored().text());
    assertFalse(document().encode().contains(key.substring(6)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "whsec_", "whsec_AAAA", "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-"})
  void whatIsNoKeyIsRefusedWithItsField(String key) {
    assertEquals("key", maintainer.post(PATH, channel("team").put("key", key)).is(400).field());
    JsonObject document = channel("team").put("kind", "Channel").put("key", key);
    TestApiClient.ReceivedResponse applied = apply(document).is(400);
    assertEquals("documents[0].key", applied.field());
    assertFalse(key.length() > 6 && applied.response().body().contains(key));
  }

  @Test
  void anUpdateKeepsTheKeyAndWhatDeliveriesWrote() {
    maintainer.post(PATH, channel("team")).is(201);
    String key = stored().text();
    update(
        c -> ChannelBuilder.builder(c).problem("HTTP 500").lastDeliveredAt(c.createdAt()).build());
    JsonObject next = channel("team").put("description", "d").put("problem", "mine");
    JsonObject answer = maintainer.put(PATH + "/team", next, "*").is(200).json();
    assertEquals("HTTP 500", answer.getString("problem"));
    assertTrue(answer.containsKey("lastDeliveredAt"));
    assertEquals(key, stored().text());
  }

  @Test
  void whatADeliveryWritesMakesNoEditStale() {
    String tag = maintainer.post(PATH, channel("team")).is(201).header("ETag");
    update(c -> ChannelBuilder.builder(c).problem("HTTP 500").build());
    TestApiClient.ReceivedResponse done =
        maintainer.put(PATH + "/team", channel("team"), tag).is(200);
    maintainer.put(PATH + "/team", channel("team"), tag).is(412);
    maintainer.put(PATH + "/team", channel("team"), done.header("ETag")).is(200);
  }

  @Test
  void aChannelThatTheReceiverSwitchedOffIsSwitchedOnByPeople() {
    maintainer.post(PATH, channel("team")).is(201);
    update(c -> ChannelBuilder.builder(c).enabled(false).problem("HTTP 410").build());
    JsonObject off = maintainer.get(PATH + "/team").is(200).json();
    assertFalse(off.getBoolean("enabled"));
    JsonObject on =
        maintainer.put(PATH + "/team", channel("team").put("enabled", true), "*").is(200).json();
    assertTrue(on.getBoolean("enabled"));
    assertNull(on.getString("problem"));
  }

  @Test
  void aNewKeyLeavesTheOldOneForATime() {
    String key = maintainer.post(PATH, channel("team")).is(201).json().getString("key");
    JsonObject answer =
        maintainer.post(PATH + "/team/key", new JsonObject().put("overlap", "1h")).is(200).json();
    assertNotEquals(key, answer.getString("key"));
    assertEquals("2026-01-02T04:04:05.000Z", answer.getString("previousKeyUntil"));
    Channel channel = value();
    assertEquals(2, server.channels.keys().signing(channel, server.clock.instant()).size());
    server.clock.advance(Duration.ofHours(1));
    assertEquals(1, server.channels.keys().signing(channel, server.clock.instant()).size());
    String given = SigningKey.random().text();
    JsonObject own =
        maintainer.post(PATH + "/team/key", new JsonObject().put("key", given)).is(200).json();
    assertNull(own.getString("key"));
    assertEquals(given, stored().text());
    maintainer.post(PATH + "/none/key", null).is(404);
    JsonObject tooLong = new JsonObject().put("overlap", "91d");
    assertEquals("overlap", maintainer.post(PATH + "/team/key", tooLong).is(400).field());
    server.as(AccessRole.RUNNER).post(PATH + "/team/key", null).is(403);
  }

  @Test
  void applyingTheSameKeyTwiceChangesNothing() {
    String key = SigningKey.random().text();
    JsonObject document = channel("team").put("kind", "Channel").put("key", key);
    assertEquals("created", action(apply(document)));
    assertEquals("unchanged", action(apply(document)));
    String other = SigningKey.random().text();
    TestApiClient.ReceivedResponse changed = apply(document.copy().put("key", other));
    assertEquals("updated", action(changed));
    assertFalse(changed.response().body().contains(other));
    assertEquals(other, stored().text());
    assertEquals(2, server.channels.keys().signing(value(), server.clock.instant()).size());
    assertEquals("unchanged", action(apply(channel("team").put("kind", "Channel"))));
  }

  @ParameterizedTest
  @CsvSource({
    "http://2130706433/, url",
    "http://127.1/, url",
    "http://0x7f000001/, url",
    "http://user:pw@example.org/, url",
    "ftp://example.org/, url",
    "http://example.org:0/, url",
    "http://10.0.0.1/, url",
    "http://169.254.169.254/latest, url",
    "http://[::1]/, url",
    "http://[::ffff:10.0.0.1]/, url",
  })
  void anAddressThatMustNotBeCalledIsRefused(String url, String field) {
    assertEquals(field, maintainer.post(PATH, channel("team").put("url", url)).is(400).field());
    JsonObject document = channel("team").put("kind", "Channel").put("url", url);
    assertEquals("documents[0].url", apply(document).is(400).field());
  }

  @ParameterizedTest
  @ValueSource(strings = {"slack", "mattermost", "teams"})
  void theAddressOfAChatIsASecret(String type) {
    String url = "https://hooks.example.org/services/T0/B0/secretpath?sig=secretsig";
    JsonObject channel = new JsonObject().put("name", "c").put("type", type).put("url", url);
    JsonObject made = maintainer.post(PATH, channel).is(201).json();
    assertEquals("https://hooks.example.org/…", made.getString("url"));
    assertNull(made.getString("key"));
    JsonObject shown = maintainer.get(PATH + "/c").is(200).json();
    assertFalse(shown.encode().contains("secret"), shown.encode());
    JsonObject again = channel.copy().put("url", shown.getString("url")).put("description", "new");
    maintainer.put(PATH + "/c", again, "*").is(200);
    Channel stored = ApiServer.wait(server.stores.channels.get(made.getString("id"))).value();
    assertEquals(url, ApiServer.CIPHER.open(stored.key()));
    assertFalse(stored.toString().contains("secretpath"), stored.toString());
    maintainer.post(PATH + "/c/key", new JsonObject()).is(400);
    maintainer.post(PATH, channel.copy().put("name", "d").put("url", "https://127.1/x")).is(400);
    JsonObject document = channel.copy().put("kind", "Channel").put("description", "new");
    String applied = apply(document).is(200).json().encode();
    assertTrue(applied.contains("unchanged"), applied);
  }

  @Test
  void aChannelInUseIsNeitherDeletedNorRenamed() {
    server.nightly();
    maintainer.post(PATH, channel("team")).is(201);
    JsonObject scenario =
        ApiServer.scenario("telling", "suite", "any")
            .put(
                "after",
                new JsonArray()
                    .add(new JsonObject().put("notify", new JsonObject().put("channels", "team"))));
    maintainer.post("/api/v1/scenarios", scenario).is(201);
    assertTrue(
        maintainer.delete(PATH + "/team").is(409).response().body().contains("scenario telling"));
    maintainer.put(PATH + "/team", channel("other"), "*").is(409);
    maintainer.delete("/api/v1/scenarios/telling").is(204);
    maintainer.delete(PATH + "/team").is(204);
  }

  @Test
  void listsHaveFilters() {
    server.admin().post("/api/v1/groups", new JsonObject().put("name", "g")).is(201);
    maintainer.post(PATH, channel("a").put("group", "g")).is(201);
    maintainer.post(PATH, channel("b").put("enabled", false)).is(201);
    for (Map.Entry<String, Integer> each :
        Map.of("", 2, "?group=g", 1, "?enabled=false", 1, "?type=webhook", 2, "?prefix=b", 1)
            .entrySet()) {
      JsonArray items = maintainer.get(PATH + each.getKey()).is(200).json().getJsonArray("items");
      assertEquals(each.getValue(), items.size(), each.getKey());
    }
    assertEquals("group", maintainer.post(PATH, channel("c").put("group", "none")).is(400).field());
    assertTrue(
        server.admin().delete("/api/v1/groups/g").is(409).response().body().contains("channel a"));
  }

  private static JsonObject channel(String name) {
    return new JsonObject().put("name", name).put("url", "https://hooks.example.org/" + name);
  }

  private TestApiClient.ReceivedResponse apply(JsonObject document) {
    return maintainer.post(
        "/api/v1/apply", new JsonObject().put("documents", new JsonArray().add(document)));
  }

  private static String action(TestApiClient.ReceivedResponse applied) {
    return applied.is(200).json().getJsonArray("documents").getJsonObject(0).getString("action");
  }

  private JsonObject document() {
    return ApiServer.wait(server.stores.documents.get(server.stores.channels.spec(), id()))
        .orElseThrow()
        .body();
  }

  private String id() {
    return maintainer.get(PATH + "/team").is(200).json().getString("id");
  }

  private Channel value() {
    return ApiServer.wait(server.stores.channels.get(id())).value();
  }

  private SigningKey stored() {
    return server.channels.keys().open(value().key());
  }

  private void update(java.util.function.UnaryOperator<Channel> change) {
    ApiServer.wait(server.stores.channels.update(id(), change));
  }
}
