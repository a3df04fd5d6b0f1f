package io.cta.server.notify.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.ChannelType;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionSourceBuilder;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import io.cta.domain.StatusBuilder;
import io.cta.server.view.events.ExecutionEventView;
import io.cta.server.view.events.FailureEventView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ChatMessageTest {
  private static final String HOSTILE =
      "<!channel> @here @all *b* _i_ [x](http://evil) `c` ```\nTEXT``` &<>\u0000 "
          + "ü😀".repeat(2_000);

  @Test
  void slackTakesTheLargestMessage() {
    JsonObject message = message(ChannelType.SLACK, 5_000);
    JsonArray blocks = message.getJsonArray("blocks");
    assertTrue(blocks.size() <= 40, "blocks " + blocks.size());
    int sum = 0;
    for (Object block : blocks) {
      String text = ((JsonObject) block).getJsonObject("text").getString("text");
      assertTrue(text.length() <= 3_000, "section of " + text.length());
      assertFalse(text.replace("<https://cta.example/#/executions/E|", "").contains("<"), text);
      sum += text.length();
    }
    assertTrue(sum <= 13_000, "sum " + sum);
    assertTrue(blocks.encode().contains("and 49"), blocks.encode().substring(0, 300));
    assertTrue(message.getString("text").length() <= 1_000);
  }

  @Test
  void mattermostIsShortAndCallsNobody() {
    String text = message(ChannelType.MATTERMOST, 5_000).getString("text");
    assertTrue(text.length() <= 3_900, "length " + text.length());
    assertFalse(text.contains("@here") || text.contains("@all"), text);
    String outsideOfCode = text.replaceAll("(?s)```\n.*?\n```", "");
    assertFalse(outsideOfCode.contains("[x](http"), outsideOfCode);
  }

  @Test
  void teamsGetsACardOfItsKindWithinItsSize() {
    JsonObject message = message(ChannelType.TEAMS, 5_000);
    assertTrue(bytes(message) <= 20_000, "bytes " + bytes(message));
    assertEquals("message", message.getString("type"));
    JsonObject attachment = message.getJsonArray("attachments").getJsonObject(0);
    assertEquals("application/vnd.microsoft.card.adaptive", attachment.getString("contentType"));
    JsonObject card = attachment.getJsonObject("content");
    assertEquals("AdaptiveCard", card.getString("type"));
    String colours = card.encode();
    assertTrue(colours.contains("\"color\":\"attention\""), colours);
    assertFalse(colours.contains("\"type\":\"TextBlock\""), "nothing is read as Markdown");
    JsonObject minimal = new JsonObject(ChatMessage.minimal(message.encode()));
    assertTrue(bytes(minimal) < 1_500, "bytes " + bytes(minimal));
    assertTrue(minimal.encode().contains("nightly: failed on main"), minimal.encode());
  }

  @Test
  void aGoodEndIsShort() {
    for (ChannelType type : List.of(ChannelType.SLACK, ChannelType.MATTERMOST, ChannelType.TEAMS)) {
      Execution ok =
          ExecutionBuilder.builder(execution()).result(Result.OK).counts(counts(0)).build();
      String text =
          ChatMessage.of(type, ExecutionEventView.of(ok, 0, List.of(), false, "/#/executions/E"));
      assertTrue(text.contains("nightly: ok on main"), text);
      assertFalse(text.contains("/#/executions/E"), "no link that leads nowhere: " + text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SLACK,403,true",
    "SLACK,404,true",
    "SLACK,410,true",
    "SLACK,400,true",
    "SLACK,429,false",
    "SLACK,500,false",
    "TEAMS,413,true",
    "WEBHOOK,404,false"
  })
  void someAnswersAreFinal(ChannelType type, int status, boolean last) {
    DeliveryAttempt attempt = new DeliveryAttempt(Instant.EPOCH, status, "no_service", 1);
    assertEquals(last, ChatMessage.isFinal(type, attempt));
  }

  private static int bytes(JsonObject message) {
    return message.encode().getBytes(StandardCharsets.UTF_8).length;
  }

  private static JsonObject message(ChannelType type, int failed) {
    FailureEventView failure =
        FailureEventView.of(
            StatusBuilder.builder()
                .testName("unit" + HOSTILE)
                .name(HOSTILE)
                .result(Result.FAILED)
                .message(HOSTILE)
                .build());
    Execution e = ExecutionBuilder.builder(execution()).counts(counts(failed)).build();
    return new JsonObject(
        ChatMessage.of(
            type,
            ExecutionEventView.of(
                e,
                0,
                Collections.nCopies(20, failure),
                true,
                "https://cta.example/#/executions/E")));
  }

  private static ResultCounts counts(int failed) {
    return new ResultCounts(3, failed, 0, 0, 0, 0);
  }

  private static Execution execution() {
    return ExecutionBuilder.builder()
        .id("E")
        .scenarioName("nightly")
        .state(State.FINISHED)
        .result(Result.FAILED)
        .source(
            ExecutionSourceBuilder.builder()
                .branch("main")
                .commit("0123456789abcdef")
                .subject(HOSTILE)
                .build())
        .finishedAt(Instant.EPOCH)
        .build();
  }
}
