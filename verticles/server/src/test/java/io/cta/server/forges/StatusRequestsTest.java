package io.cta.server.forges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.ExecutionSource;
import io.cta.domain.Forge;
import io.cta.domain.ForgeBuilder;
import io.cta.domain.ForgeType;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests for commit statuses have the form that each type of forge wants. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class StatusRequestsTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @ParameterizedTest
  @CsvSource({
    "GITLAB,https://lab.example/sub/,/sub/api/v4/projects/group%2Fapp/statuses/,success",
    "GITHUB,https://github.com,/repos/group/app/statuses/,success",
    "GITHUB,https://ghe.example/api/v3,/api/v3/repos/group/app/statuses/,success",
    "GITEA,https://tea.example/git,/git/api/v1/repos/group/app/statuses/,success",
    "FORGEJO,https://jo.example,/api/v1/repos/group/app/statuses/,success"
  })
  void theAddressIsBelowThatOfTheForge(ForgeType type, String url, String path, String state) {
    ForgeCall call = api(type, url).send(status(ReportStage.OK, "12 passed"), "token");
    assertEquals(path + COMMIT, call.url().target());
    assertEquals(state, call.body().getString("state"));
    assertEquals(url.contains("github.com") ? "api.github.com" : host(url), call.url().host());
  }

  @Test
  void aDescriptionIsCutToWholeCharacters() {
    String text = "😀".repeat(300);
    String hub =
        api(ForgeType.GITHUB, "https://github.com")
            .send(status(ReportStage.FAILED, text), "t")
            .body()
            .getString("description");
    assertEquals("😀".repeat(139) + "…", hub);
    String lab =
        api(ForgeType.GITLAB, "https://lab.example")
            .send(status(ReportStage.FAILED, text), "t")
            .body()
            .getString("description");
    assertEquals(255, lab.codePointCount(0, lab.length()));
  }

  @Test
  void aLinkThatGitLabWouldRefuseIsLeftOut() {
    CommitStatus status =
        new CommitStatus(
            "g/a",
            COMMIT,
            "main",
            null,
            "cta/x",
            ReportStage.OK,
            "https://cta.example/" + "x".repeat(300),
            "ok",
            1);
    ForgeCall call = api(ForgeType.GITLAB, "https://lab.example").send(status, "t");
    assertFalse(call.body().containsKey("target_url"));
  }

  @Test
  void gitHubIsToldNoStateThatItDoesNotKnow() {
    StatusApi api = api(ForgeType.GITHUB, "https://github.com");
    for (ReportStage stage : ReportStage.values()) {
      String state = api.send(status(stage, "x"), "t").body().getString("state");
      assertTrue(state.matches("error|failure|pending|success"), state);
      boolean good = state.equals("success");
      assertEquals(stage == ReportStage.OK, good);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://lab.example/group/sub/app.git,group/sub/app",
    "https://lab.example/group/app/,group/app",
    "git@lab.example:group/app.git,group/app",
    "ssh://git@lab.example:2222/group/app,group/app",
    "https://lab.example/app,",
    "https://lab.example/g/$(touch x),"
  })
  void theProjectIsThePathOfTheRepository(String repository, String project) {
    Forge forge = forge(ForgeType.GITLAB, "https://lab.example");
    ExecutionSource source =
        new ExecutionSource(repository, null, null, null, null, null, null, null);
    assertEquals(project, ReportTarget.project(null, forge, source));
    assertNull(ReportTarget.project(null, forge, null));
    assertEquals("a/b", ReportTarget.project("a/b", forge, source));
  }

  @Test
  void aForgeBelowAPathHasItsProjectsBelowThat() {
    ExecutionSource source =
        new ExecutionSource(
            "https://x.example/git/g/a.git", null, null, null, null, null, null, null);
    Forge forge = forge(ForgeType.GITEA, "https://x.example/git");
    assertEquals("g/a", ReportTarget.project(null, forge, source));
  }

  private static StatusApi api(ForgeType type, String url) {
    return StatusApi.of(forge(type, url));
  }

  private static Forge forge(ForgeType type, String url) {
    return ForgeBuilder.builder().id("F").name("f").type(type).url(url).build();
  }

  private static String host(String url) {
    return java.net.URI.create(url).getHost();
  }

  private static CommitStatus status(ReportStage stage, String description) {
    return new CommitStatus(
        "group/app",
        COMMIT,
        "main",
        null,
        "cta/nightly",
        stage,
        "https://cta.example/#/executions/E",
        description,
        1);
  }
}
