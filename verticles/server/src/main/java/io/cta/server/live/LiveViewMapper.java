package io.cta.server.live;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cta.domain.Execution;
import io.cta.domain.Machine;
import io.cta.domain.Status;
import io.cta.domain.StatusBuilder;
import io.cta.domain.Task;
import io.cta.json.JsonMapping;

/** How the feed shows things: as REST does, without what is long or secret. */
final class LiveViewMapper {
  private static final int MESSAGE_CHARS = 400;
  private static final ObjectMapper MAPPER =
      JsonMapping.mapper()
          .copy()
          .addMixIn(Execution.class, WithoutSnapshot.class)
          .addMixIn(Task.class, WithoutTests.class);

  @JsonIgnoreProperties({"snapshot"})
  private interface WithoutSnapshot {}

  // the token is what keeps strangers from speaking for an agent
  @JsonIgnoreProperties({"testIds", "attemptTestIds", "token"})
  private interface WithoutTests {}

  private LiveViewMapper() {}

  static JsonNode execution(Execution execution) {
    return MAPPER.valueToTree(execution);
  }

  static JsonNode task(Task task) {
    return MAPPER.valueToTree(task);
  }

  /** What is left of something that is gone. */
  static JsonNode id(String id) {
    return MAPPER.createObjectNode().put("id", id);
  }

  static JsonNode machine(Machine machine) {
    return MAPPER.valueToTree(machine);
  }

  /** Texts are cut; REST has them whole. */
  static JsonNode status(Status s) {
    return MAPPER.valueToTree(
        StatusBuilder.builder(s)
            .message(cut(s.message()))
            .description(null)
            .custom(null)
            .details(null)
            .build());
  }

  private static String cut(String text) {
    if (text == null || text.length() <= MESSAGE_CHARS) {
      return text;
    }
    int end = MESSAGE_CHARS - 1;
    // never half of a character that takes two
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
