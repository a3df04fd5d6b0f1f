package io.cta.agent.run;

import io.cta.agent.artifact.ArtifactLimits;
import io.cta.agent.artifact.ArtifactUploader;
import io.cta.agent.disk.DiskWatch;
import io.cta.agent.fetch.InputFetcher;
import io.cta.agent.process.InheritedVariables;
import io.cta.agent.push.OutputPusher;
import io.cta.agent.workspace.WorkspaceStore;
import io.cta.time.TimeSource;
import io.soabase.recordbuilder.core.RecordBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Executor;

/**
 * What the agent provides to its attempts.
 *
 * @param disk runs short blocking work that an event loop asks for
 * @param room knows whether the disks have room for a task
 * @param threads runs work that takes as long as a test does
 * @param artifactLimits how much of what tests leave behind is kept
 * @param uploader sends it to the server
 * @param pusher sends it to the outputs of suites
 * @param inherited which variables of the agent's environment tests see
 * @param legacyResults whether tests may also use the result API of the system before CTA
 */
@RecordBuilder
public record AgentServices(
    Vertx vertx,
    WorkerExecutor disk,
    Executor threads,
    WorkspaceStore workspaces,
    DiskWatch room,
    InputFetcher fetcher,
    SecretOpener secrets,
    ArtifactLimits artifactLimits,
    ArtifactUploader uploader,
    OutputPusher pusher,
    String machineId,
    String machineName,
    InheritedVariables inherited,
    boolean legacyResults,
    TimeSource time) {}
