package io.cta.cli.client;

import io.cta.text.TextCut;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * Finds out from the variables of a CI system's job what is tested there: commit, branch, change
 * request, build. Knows GitLab CI (docs.gitlab.com/ci/variables/predefined_variables), GitHub,
 * Gitea and Forgejo Actions (docs.github.com/actions/reference/variables-reference) and Jenkins
 * with its Git plugin. Pure.
 */
public final class CiEnvironment {
  private static final String BRANCH = "refs/heads/";
  private static final String PULL = "refs/pull/";
  private static final int MAX_COMMIT = 64;
  private static final int MAX_TEXT = 256;
  private static final String ORIGIN = "origin/";

  private final Map<String, String> variables;
  private final JsonObject source = new JsonObject();

  private CiEnvironment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** The contract's {@code ExecutionSource}; empty outside of such a job. */
  public static JsonObject source(Map<String, String> variables) {
    return new CiEnvironment(variables).read();
  }

  private JsonObject read() {
    if (set("GITLAB_CI")) {
      gitlab();
    } else if (set("GITHUB_ACTIONS")) {
      actions();
    } else if (set("JENKINS_URL")) {
      jenkins();
    }
    fit();
    return source;
  }

  /** Cuts or drops what the contract would refuse: no run fails for what is said beside it. */
  private void fit() {
    for (String field : List.copyOf(source.fieldNames())) {
      String text = source.getString(field).strip();
      int max = field.equals("commit") ? MAX_COMMIT : MAX_TEXT;
      boolean address = field.equals("repository") || field.equals("buildLink");
      if (field.equals("buildLink") && !text.matches("https?://.*")) {
        source.remove(field);
      } else if (!address) {
        source.put(field, TextCut.beginning(text, max));
      } else {
        source.put(field, text);
      }
    }
  }

  private void gitlab() {
    put("repository", "CI_PROJECT_URL");
    put("commit", "CI_COMMIT_SHA");
    put("branch", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_BRANCH");
    put("author", "GITLAB_USER_NAME");
    put("subject", "CI_COMMIT_TITLE");
    put("changeRequest", "CI_MERGE_REQUEST_IID");
    put("buildNumber", "CI_PIPELINE_IID");
    put("buildLink", "CI_JOB_URL");
    put("pipelineId", "CI_PIPELINE_ID");
  }

  private void actions() {
    String server = variables.get("GITHUB_SERVER_URL");
    String repository = variables.get("GITHUB_REPOSITORY");
    if (server != null && repository != null) {
      source.put("repository", server + "/" + repository);
      if (set("GITHUB_RUN_ID")) {
        String run = "/actions/runs/" + variables.get("GITHUB_RUN_ID");
        source.put("buildLink", server + "/" + repository + run);
      }
    }
    put("commit", "GITHUB_SHA");
    put("author", "GITHUB_ACTOR");
    put("buildNumber", "GITHUB_RUN_NUMBER");
    String ref = variables.getOrDefault("GITHUB_REF", "");
    if (set("GITHUB_HEAD_REF")) {
      put("branch", "GITHUB_HEAD_REF");
    } else if (ref.startsWith(BRANCH)) {
      source.put("branch", ref.substring(BRANCH.length()));
    }
    if (ref.startsWith(PULL)) {
      source.put("changeRequest", ref.substring(PULL.length()).replaceFirst("/.*", ""));
    }
  }

  private void jenkins() {
    put("repository", "GIT_URL");
    put("commit", "GIT_COMMIT");
    put("branch", "CHANGE_BRANCH", "GIT_LOCAL_BRANCH", "BRANCH_NAME", "GIT_BRANCH");
    put("author", "CHANGE_AUTHOR_DISPLAY_NAME", "CHANGE_AUTHOR");
    put("subject", "CHANGE_TITLE");
    put("changeRequest", "CHANGE_ID");
    put("buildNumber", "BUILD_NUMBER");
    put("buildLink", "BUILD_URL");
    String branch = source.getString("branch", "");
    if (branch.startsWith(ORIGIN)) {
      source.put("branch", branch.substring(ORIGIN.length()));
    }
  }

  /** Takes the first variable that is set. */
  private void put(String field, String... names) {
    List.of(names).stream()
        .filter(this::set)
        .findFirst()
        .ifPresent(name -> source.put(field, variables.get(name)));
  }

  private boolean set(String name) {
    return !variables.getOrDefault(name, "").isBlank();
  }
}
