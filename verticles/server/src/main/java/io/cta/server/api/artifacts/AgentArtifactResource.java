package io.cta.server.api.artifacts;

import io.cta.domain.AttemptRef;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.api.access.AttemptOwnership;
import io.cta.server.api.contract.InvalidInput;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.artifacts.ArtifactOffer;
import io.cta.server.artifacts.ArtifactReceiver;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.executions.ArtifactProgressView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Takes artifacts from the agent that runs an attempt. */
public final class AgentArtifactResource {
  private final StoreRepositories stores;
  private final ArtifactReceiver receiver;

  public AgentArtifactResource(StoreRepositories stores, ArtifactReceiver receiver) {
    this.stores = stores;
    this.receiver = receiver;
  }

  public void register(OperationRegistry operations) {
    operations.on("offerArtifact", this::offer);
    operations.on("sendArtifact", this::send);
  }

  private Future<ApiResponse> offer(ApiRequest call) {
    JsonObject body = call.body();
    AttemptRef attempt =
        new AttemptRef(
            body.getString("taskId"), body.getInteger("attempt"), body.getString("token"));
    ArtifactOffer offer =
        new ArtifactOffer(
            attempt,
            body.getString("testId"),
            body.getString("path"),
            body.getLong("size"),
            body.getString("sha256"));
    return task(call, attempt)
        .compose(task -> receiver.offer(task, call.who().machineId(), offer))
        .map(progress -> shown(progress.complete(), progress.offset()));
  }

  private Future<ApiResponse> send(ApiRequest call) {
    AttemptRef attempt =
        new AttemptRef(
            call.path("taskId"), (int) call.number("attempt", 0), call.text("X-CTA-Token"));
    String sha256 = call.text("X-CTA-SHA256");
    long size = call.number("size", 0);
    long offset = call.number("offset", 0);
    requireFitting(partLength(call), offset, size);
    return task(call, attempt)
        .compose(task -> receiver.receive(attempt, sha256, size, offset, call.ctx.request()))
        .map(received -> shown(false, received));
  }

  private static ApiResponse shown(boolean complete, long offset) {
    return ApiResponse.ok(new ArtifactProgressView(complete, offset));
  }

  private static long partLength(ApiRequest call) {
    String text = call.header("Content-Length");
    if (text == null) {
      throw new InvalidInput("Content-Length", "is required");
    }
    long length = Long.parseLong(text.trim());
    if (length > ArtifactReceiver.MAX_PART_BYTES) {
      throw ServiceFailure.ofField(
          ErrorCode.TOO_LARGE,
          "Content-Length",
          "must be at most " + ArtifactReceiver.MAX_PART_BYTES + " bytes: send more parts");
    }
    return length;
  }

  private static void requireFitting(long length, long offset, long size) {
    if (length == 0 || length > size - offset) {
      throw new InvalidInput("size", "must be that of the content, of which this part is within");
    }
  }

  private Future<Task> task(ApiRequest call, AttemptRef attempt) {
    return stores
        .tasks
        .get(attempt.taskId())
        .map(
            found -> {
              AttemptOwnership.require(call.who().machineId(), found.value(), attempt);
              return found.value();
            });
  }
}
