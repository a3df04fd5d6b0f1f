package io.cta.server.forges;

import io.cta.domain.Forge;
import io.cta.server.outgoing.OutgoingUrl;
import io.cta.text.TextCut;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Commit statuses of GitLab: a state machine, which refuses a state it is in
 * (docs.gitlab.com/api/commits, "Set commit pipeline status").
 */
final class GitLabStatuses implements StatusApi {
  private static final int MAX_TEXT = 255;
  private static final List<String> OPEN = List.of("pending", "running");

  private final OutgoingUrl base;

  GitLabStatuses(Forge forge) {
    base = OutgoingUrl.parse("url", forge.url());
  }

  @Override
  public ForgeCall send(CommitStatus status, String token) {
    ListedStatus own = own(status);
    JsonObject body =
        new JsonObject()
            .put("state", own.state())
            .put("name", TextCut.shortenedByCodePoints(status.context(), MAX_TEXT))
            .put("description", own.description());
    if (status.ref() != null) {
      body.put("ref", status.ref());
    }
    if (own.link() != null) {
      body.put("target_url", own.link());
    }
    if (status.pipelineId() != null && status.pipelineId().matches("[0-9]{1,18}")) {
      body.put("pipeline_id", Long.parseLong(status.pipelineId()));
    }
    String path = project(status) + "/statuses/" + status.commit();
    return new ForgeCall(HttpMethod.POST, StatusApi.below(base, path), headers(token), body);
  }

  @Override
  public ForgeCall list(CommitStatus status, String token) {
    String query =
        "?per_page=50&name="
            + StatusApi.part(TextCut.shortenedByCodePoints(status.context(), MAX_TEXT))
            + (status.ref() == null ? "" : "&ref=" + StatusApi.part(status.ref()));
    String path = project(status) + "/repository/commits/" + status.commit() + "/statuses" + query;
    return new ForgeCall(HttpMethod.GET, StatusApi.below(base, path), headers(token), null);
  }

  @Override
  public List<ListedStatus> read(JsonArray listed, CommitStatus status) {
    return listed.stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .filter(
            one ->
                TextCut.shortenedByCodePoints(status.context(), MAX_TEXT)
                    .equals(one.getString("name")))
        .sorted(Comparator.comparing((JsonObject one) -> one.getLong("id", 0L)).reversed())
        .map(
            one ->
                new ListedStatus(
                    one.getString("status", ""),
                    one.getString("target_url"),
                    one.getString("description")))
        .toList();
  }

  @Override
  public boolean covers(String listed, ReportStage wanted) {
    return listed.equals(wanted.gitlab())
        || wanted == ReportStage.QUEUED
        || wanted == ReportStage.RUNNING && !OPEN.contains(listed);
  }

  @Override
  public ListedStatus own(CommitStatus status) {
    boolean linked = status.link() != null && status.link().length() <= MAX_TEXT;
    return new ListedStatus(
        status.stage().gitlab(),
        linked ? status.link() : null,
        TextCut.shortenedByCodePoints(status.description(), MAX_TEXT));
  }

  private static String project(CommitStatus status) {
    return "/api/v4/projects/" + StatusApi.part(status.project());
  }

  private static Map<String, String> headers(String token) {
    return Map.of("PRIVATE-TOKEN", token);
  }
}
