package io.cta.server.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.cta.domain.HookType;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end and the beginning of a branch, as forges of GitHub's kind tell them. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class HookEventReaderTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final String ZEROS = "0".repeat(40);
  private static final Map<HookType, String> EVENT =
      Map.of(
          HookType.GITHUB, "X-GitHub-Event",
          HookType.GITEA, "X-Gitea-Event",
          HookType.FORGEJO, "X-Forgejo-Event");

  @ParameterizedTest
  @EnumSource(
      value = HookType.class,
      names = {"GITHUB", "GITEA", "FORGEJO"})
  void aBranchThatWasDeletedIsIgnored(HookType type) {
    assertEquals("branch deleted", read(type, push(COMMIT, ZEROS)).ignored());
    JsonObject marked = push(COMMIT, COMMIT).put("deleted", true).put("head_commit", null);
    assertEquals("branch deleted", read(type, marked).ignored());
  }

  @ParameterizedTest
  @EnumSource(
      value = HookType.class,
      names = {"GITHUB", "GITEA", "FORGEJO"})
  void aNewBranchIsNot(HookType type) {
    HookFacts facts = read(type, push(ZEROS, COMMIT).put("deleted", false));
    assertNull(facts.ignored());
    assertEquals("main", facts.branch());
    assertEquals(COMMIT, facts.commit());
  }

  private static HookFacts read(HookType type, JsonObject body) {
    return HookEventReader.read(type, Map.of(EVENT.get(type), "push")::get, body);
  }

  private static JsonObject push(String before, String after) {
    return new JsonObject()
        .put("ref", "refs/heads/main")
        .put("before", before)
        .put("after", after)
        .put("repository", new JsonObject().put("full_name", "group/app"));
  }
}
