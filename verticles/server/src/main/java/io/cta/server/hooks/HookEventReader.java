package io.cta.server.hooks;

import io.cta.domain.HookType;
import io.cta.server.forges.ReportTarget;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Reads what forges send (docs.gitlab.com/user/project/integrations/webhook_events,
 * docs.github.com/webhooks/webhook-events-and-payloads; Gitea and Forgejo send GitHub's form). What
 * is missing or of another form makes a call that is ignored, never a failure. Pure.
 */
public final class HookEventReader {
  private static final String HEADS = "refs/heads/";
  private static final String TAGS = "refs/tags/";
  private static final Set<String> NEW_COMMITS =
      Set.of("opened", "reopened", "synchronize", "synchronized");

  private final JsonObject body;
  private final HookFactsBuilder facts = HookFactsBuilder.builder();

  private HookEventReader(JsonObject body) {
    this.body = body;
  }

  /**
   * @param headers a header by its name, or null
   */
  public static HookFacts read(HookType type, UnaryOperator<String> headers, JsonObject body) {
    HookEventReader reader = new HookEventReader(body);
    switch (type) {
      case GITLAB -> reader.gitlab(word(headers, "X-Gitlab-Event"));
      case GITHUB -> reader.hub(word(headers, "X-GitHub-Event"));
      case GITEA -> reader.hub(word(headers, "X-Gitea-Event"));
      case FORGEJO -> {
        String event = word(headers, "X-Forgejo-Event");
        reader.hub(event.isEmpty() ? word(headers, "X-Gitea-Event") : event);
      }
      case GENERIC -> reader.generic();
      case JENKINS -> reader.build(word(headers, "Idempotency-Key"));
    }
    return reader.checked();
  }

  private void gitlab(String event) {
    switch (event) {
      case "Push Hook", "Tag Push Hook" -> {
        JsonObject project = object(body, "project");
        push(text(project, "git_http_url"), text(project, "path_with_namespace"));
        facts.author(text(body, "user_name")).message(lastMessage());
        if (body.containsKey("checkout_sha") && body.getValue("checkout_sha") == null) {
          ignore("branch deleted");
        }
      }
      case "Merge Request Hook" -> mergeRequest();
      case "Pipeline Hook" -> pipeline();
      default -> other(event);
    }
    facts.same(
        facts.event()
            + " "
            + facts.project()
            + " "
            + facts.ref()
            + " "
            + facts.commit()
            + " "
            + text(object(body, "object_attributes"), "action"));
  }

  private void mergeRequest() {
    JsonObject mr = object(body, "object_attributes");
    JsonObject commit = object(mr, "last_commit");
    JsonObject source = object(mr, "source");
    String action = text(mr, "action");
    boolean wanted =
        "open".equals(action)
            || "reopen".equals(action)
            || "update".equals(action) && text(mr, "oldrev") != null;
    branch(text(mr, "source_branch"));
    facts
        .event("mergeRequest")
        .commit(text(commit, "id"))
        .before(text(mr, "oldrev"))
        .message(text(commit, "message"))
        .author(text(object(commit, "author"), "name"))
        .changeRequest(number(mr, "iid"))
        .repository(text(source, "git_http_url"))
        .project(number(mr, "source_project_id"))
        .target(number(mr, "target_project_id"));
    if (!wanted) {
      ignore("the merge request has no new commits (" + action + ")");
    }
  }

  private void pipeline() {
    JsonObject pipeline = object(body, "object_attributes");
    JsonObject project = object(body, "project");
    JsonObject commit = object(body, "commit");
    if (Boolean.TRUE.equals(pipeline.getValue("tag"))) {
      facts.tag(text(pipeline, "ref")).ref(TAGS + text(pipeline, "ref"));
    } else {
      branch(text(pipeline, "ref"));
    }
    facts
        .event("pipeline")
        .commit(text(pipeline, "sha"))
        .before(text(pipeline, "before_sha"))
        .message(text(commit, "message"))
        .author(text(object(commit, "author"), "name"))
        .pipelineId(number(pipeline, "id"))
        .repository(text(project, "git_http_url"))
        .project(text(project, "path_with_namespace"));
    if (!"success".equals(text(pipeline, "status"))) {
      ignore("the pipeline is not over, or has no success");
    }
  }

  private void hub(String event) {
    switch (event) {
      case "push" -> {
        JsonObject repository = object(body, "repository");
        push(text(repository, "clone_url"), text(repository, "full_name"));
        JsonObject head = object(body, "head_commit");
        facts
            .message(text(head, "message"))
            .author(
                first(text(object(head, "author"), "name"), text(object(body, "pusher"), "name")));
        if (Boolean.TRUE.equals(body.getValue("deleted"))) {
          ignore("branch deleted");
        }
      }
      case "pull_request", "pull_request_sync" -> pullRequest();
      default -> other(event);
    }
  }

  private void pullRequest() {
    JsonObject pull = object(body, "pull_request");
    JsonObject head = object(pull, "head");
    JsonObject repository = object(head, "repo");
    branch(text(head, "ref"));
    facts
        .event("mergeRequest")
        .commit(text(head, "sha"))
        .before(text(body, "before"))
        .message(text(pull, "title"))
        .author(text(object(pull, "user"), "login"))
        .changeRequest(first(number(body, "number"), number(pull, "number")))
        .repository(text(repository, "clone_url"))
        .project(text(repository, "full_name"))
        .target(text(object(object(pull, "base"), "repo"), "full_name"));
    String action = text(body, "action");
    if (action == null || !NEW_COMMITS.contains(action)) {
      ignore("the pull request has no new commits (" + action + ")");
    }
  }

  private void generic() {
    JsonObject data = body.getValue("data") instanceof JsonObject inner ? inner : body;
    String type = text(body, "type");
    facts
        .event(type == null ? "push" : type)
        .ref(text(data, "ref"))
        .branch(text(data, "branch"))
        .tag(text(data, "tag"))
        .commit(text(data, "commit"))
        .before(text(data, "before"))
        .message(text(data, "message"))
        .author(text(data, "author"))
        .changeRequest(first(text(data, "changeRequest"), number(data, "changeRequest")))
        .pipelineId(first(text(data, "pipelineId"), number(data, "pipelineId")))
        .buildNumber(first(text(data, "buildNumber"), number(data, "buildNumber")))
        .buildLink(text(data, "buildLink"))
        .repository(text(data, "repository"));
  }

  /** A build is repeated by another one; one that calls twice is known by its link. */
  private void build(String number) {
    generic();
    if (facts.buildLink() == null && number.isEmpty()) {
      ignore("it says no buildLink, and has no Idempotency-Key");
    }
    facts.same(facts.event() + " " + facts.buildLink());
  }

  private void push(String repository, String project) {
    String ref = text(body, "ref");
    facts
        .event(ref != null && ref.startsWith(TAGS) ? "tag" : "push")
        .ref(ref)
        .commit(first(text(body, "checkout_sha"), text(body, "after")))
        .before(text(body, "before"))
        .repository(repository)
        .project(project);
    if (ref != null && ref.startsWith(TAGS)) {
      facts.tag(ref.substring(TAGS.length()));
    } else if (ref != null && ref.startsWith(HEADS)) {
      facts.branch(ref.substring(HEADS.length()));
    }
    String after = text(body, "after");
    if (after != null && after.matches("0+")) {
      ignore("branch deleted");
    }
  }

  private void branch(String name) {
    facts.branch(name).ref(name == null ? null : HEADS + name);
  }

  private void other(String event) {
    facts.event(event);
    ignore(event.isEmpty() ? "the call does not name its event" : "event " + event);
  }

  private void ignore(String why) {
    facts.ignored(why);
  }

  private HookFacts checked() {
    HookFacts read = facts.build();
    if (read.ignored() != null || read.event().equals("ping")) {
      return read;
    }
    boolean whole = ReportTarget.isCommit(read.commit());
    boolean generic = read.project() == null && read.commit() == null;
    return whole || generic && read.repository() == null
        ? read
        : HookFactsBuilder.builder(read).ignored("it names no whole commit").build();
  }

  private String lastMessage() {
    if (!(body.getValue("commits") instanceof JsonArray commits) || commits.isEmpty()) {
      return null;
    }
    return commits.getValue(commits.size() - 1) instanceof JsonObject last
        ? text(last, "message")
        : null;
  }

  private static String word(UnaryOperator<String> headers, String name) {
    String value = headers.apply(name);
    return value == null ? "" : value.strip();
  }

  private static JsonObject object(JsonObject from, String field) {
    return from.getValue(field) instanceof JsonObject found ? found : new JsonObject();
  }

  private static String text(JsonObject from, String field) {
    return from.getValue(field) instanceof String found && !found.isEmpty() ? found : null;
  }

  private static String number(JsonObject from, String field) {
    return from.getValue(field) instanceof Number found ? String.valueOf(found.longValue()) : null;
  }

  private static String first(String a, String b) {
    return a != null ? a : b;
  }
}
