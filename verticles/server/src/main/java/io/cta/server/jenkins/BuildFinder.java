package io.cta.server.jenkins;

import io.cta.domain.BuildProgress;
import io.cta.domain.BuildProgressBuilder;
import io.cta.server.forges.StatusApi;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a build by what is known of it, never by being the last one: others have the same job
 * built. Jenkins lists the 100 newest builds of a job when it is not asked for a range, which old
 * versions do not understand.
 */
final class BuildFinder {
  private static final String PARAMETERS = "actions[parameters[name,value]]";
  private final JenkinsSession session;
  private final JobAddress job;

  BuildFinder(JenkinsSession session, JobAddress job) {
    this.session = session;
    this.job = job;
  }

  /**
   * Looks for our parameter, in the queue first: what leaves it meanwhile is among the builds by
   * then.
   */
  Future<Optional<BuildProgress>> byExecution(BuildProgress progress, String executionId) {
    return session
        .read(StatusApi.below(session.base(), "/queue"), "items[id,task[url]," + PARAMETERS + "]")
        .map(
            queue ->
                objects(queue, "items")
                    .filter(item -> job.isTask(item.getJsonObject("task").getString("url", "")))
                    .filter(item -> isOf(item, executionId))
                    .map(item -> item.getLong("id"))
                    .min(Comparator.naturalOrder())
                    .map(id -> BuildProgressBuilder.builder(progress).queueItem(id).build()))
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found)
                    : session
                        .read(job.at(""), "builds[number,queueId," + PARAMETERS + "]")
                        .map(
                            builds ->
                                objects(builds, "builds")
                                    .filter(build -> isOf(build, executionId))
                                    .min(Comparator.comparing(build -> build.getInteger("number")))
                                    .map(build -> known(progress, build))));
  }

  /** Looks for the build that came from an item which is no longer in the queue. */
  Future<Optional<BuildProgress>> byQueueItem(BuildProgress progress) {
    return session
        .read(job.at(""), "builds[number,queueId]")
        .map(
            builds ->
                objects(builds, "builds")
                    .filter(build -> progress.queueItem().equals(build.getLong("queueId")))
                    .findFirst()
                    .map(build -> known(progress, build)));
  }

  private BuildProgress known(BuildProgress progress, JsonObject build) {
    int number = build.getInteger("number");
    return BuildProgressBuilder.builder(progress)
        .queueItem(build.getLong("queueId", progress.queueItem()))
        .number(number)
        .url(job.page(number))
        .build();
  }

  private static boolean isOf(JsonObject asked, String executionId) {
    return objects(asked, "actions")
        .flatMap(action -> objects(action, "parameters"))
        .anyMatch(
            parameter ->
                BuildRequest.EXECUTION.equals(parameter.getString("name"))
                    && executionId.equals(parameter.getValue("value")));
  }

  /** The objects of a list, which may be missing; Jenkins has nulls among actions. */
  static Stream<JsonObject> objects(JsonObject from, String field) {
    JsonArray list = from.getJsonArray(field, new JsonArray());
    return list == null
        ? Stream.empty()
        : list.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
  }
}
