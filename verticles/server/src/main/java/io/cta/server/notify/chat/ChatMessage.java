package io.cta.server.notify.chat;

import io.cta.domain.ChannelType;
import io.cta.domain.DeliveryAttempt;
import io.cta.server.view.events.ExecutionEventView;
import io.vertx.core.json.JsonObject;

/** Writes messages for chat programs, and knows what their answers mean. */
public final class ChatMessage {
  private static final int TOO_LARGE = 413;

  private ChatMessage() {}

  /**
   * The text to send.
   *
   * @param type a chat program
   */
  public static String of(ChannelType type, ExecutionEventView event) {
    ChatFacts facts = ChatFacts.of(event.data());
    JsonObject message =
        switch (type) {
          case SLACK -> SlackMessage.of(facts);
          case MATTERMOST -> MattermostMessage.of(facts);
          case TEAMS -> TeamsMessage.of(facts);
          case WEBHOOK -> throw new IllegalArgumentException("no chat: " + type);
        };
    return message.encode();
  }

  /** Whether a refused message is sent once more, smaller. */
  public static boolean isTooLarge(ChannelType type, DeliveryAttempt attempt) {
    return type == ChannelType.TEAMS && attempt.status() != null && attempt.status() == TOO_LARGE;
  }

  public static String minimal(String body) {
    return TeamsMessage.minimal(new JsonObject(body)).encode();
  }

  /**
   * Whether another try would be answered alike: the hook is revoked, its channel archived, or the
   * message wrong.
   */
  public static boolean isFinal(ChannelType type, DeliveryAttempt attempt) {
    return type != ChannelType.WEBHOOK
        && attempt.status() != null
        && attempt.status() >= 400
        && attempt.status() < 500
        && attempt.status() != 408
        && attempt.status() != 429;
  }
}
