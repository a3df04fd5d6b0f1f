package io.cta.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a CI system's variables say of what is tested. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class CiEnvironmentTest {
  @Test
  void aMergeRequestOfGitlab() {
    Map<String, String> job =
        Map.of(
            "GITLAB_CI", "true",
            "CI_PROJECT_URL", "https://gitlab.example.org/team/app",
            "CI_COMMIT_SHA", "abc",
            "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "topic",
            "CI_MERGE_REQUEST_IID", "12",
            "CI_PIPELINE_IID", "7",
            "CI_JOB_URL", "https://gitlab.example.org/team/app/-/jobs/9",
            "CI_COMMIT_TITLE", "Add it");
    assertEquals(
        new JsonObject()
            .put("repository", "https://gitlab.example.org/team/app")
            .put("commit", "abc")
            .put("branch", "topic")
            .put("subject", "Add it")
            .put("changeRequest", "12")
            .put("buildNumber", "7")
            .put("buildLink", "https://gitlab.example.org/team/app/-/jobs/9"),
        CiEnvironment.source(job));
  }

  @Test
  void aTagOfGitlabHasNoBranch() {
    Map<String, String> job =
        Map.of("GITLAB_CI", "true", "CI_COMMIT_TAG", "v1", "CI_COMMIT_BRANCH", "");
    assertEquals(new JsonObject(), CiEnvironment.source(job));
  }

  @Test
  void aPushAndAPullRequestOfActions() {
    Map<String, String> push =
        Map.of(
            "GITHUB_ACTIONS", "true",
            "GITHUB_SERVER_URL", "https://github.com",
            "GITHUB_REPOSITORY", "team/app",
            "GITHUB_RUN_ID", "99",
            "GITHUB_RUN_NUMBER", "4",
            "GITHUB_SHA", "abc",
            "GITHUB_REF", "refs/heads/a/b");
    assertEquals(
        new JsonObject()
            .put("repository", "https://github.com/team/app")
            .put("buildLink", "https://github.com/team/app/actions/runs/99")
            .put("commit", "abc")
            .put("buildNumber", "4")
            .put("branch", "a/b"),
        CiEnvironment.source(push));
    Map<String, String> pull =
        Map.of(
            "GITHUB_ACTIONS", "true",
            "GITHUB_HEAD_REF", "topic",
            "GITHUB_REF", "refs/pull/31/merge");
    assertEquals(
        new JsonObject().put("branch", "topic").put("changeRequest", "31"),
        CiEnvironment.source(pull));
  }

  @Test
  void aBuildOfJenkins() {
    Map<String, String> build =
        Map.of(
            "JENKINS_URL", "https://ci.example.org/",
            "GIT_COMMIT", "abc",
            "GIT_BRANCH", "origin/main",
            "BUILD_NUMBER", "8",
            "BUILD_URL", "https://ci.example.org/job/app/8/");
    assertEquals(
        new JsonObject()
            .put("commit", "abc")
            .put("branch", "main")
            .put("buildNumber", "8")
            .put("buildLink", "https://ci.example.org/job/app/8/"),
        CiEnvironment.source(build));
  }

  @Test
  void whatTheServerWouldRefuseIsCutOrLeftOut() {
    Map<String, String> job =
        Map.of(
            "GITLAB_CI", "true",
            "CI_COMMIT_TITLE", "x".repeat(5_000),
            "CI_JOB_URL", "file:///etc/passwd");
    assertEquals(new JsonObject().put("subject", "x".repeat(256)), CiEnvironment.source(job));
  }

  @Test
  void apartFromThoseNothingIsKnown() {
    assertEquals(new JsonObject(), CiEnvironment.source(Map.of("GIT_COMMIT", "abc")));
  }
}
