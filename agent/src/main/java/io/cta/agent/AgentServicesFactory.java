package io.cta.agent;

import io.cta.agent.artifact.ArtifactUploader;
import io.cta.agent.disk.DiskWatch;
import io.cta.agent.fetch.FetchSettings;
import io.cta.agent.fetch.FetchSettingsBuilder;
import io.cta.agent.fetch.InputCache;
import io.cta.agent.fetch.InputFetcher;
import io.cta.agent.fetch.MavenHome;
import io.cta.agent.identity.AgentIdentity;
import io.cta.agent.identity.AgentSecret;
import io.cta.agent.identity.AttemptSecretsClient;
import io.cta.agent.identity.DataDirectory;
import io.cta.agent.process.InheritedVariables;
import io.cta.agent.push.OutputPusher;
import io.cta.agent.run.AgentServices;
import io.cta.agent.run.AgentServicesBuilder;
import io.cta.agent.s3.S3Defaults;
import io.cta.agent.workspace.DirectoryRemover;
import io.cta.agent.workspace.WorkspaceStore;
import io.cta.disk.HomeDirectory;
import io.cta.time.TimeSource;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds what attempts need, from the settings of the agent. Main thread. */
final class AgentServicesFactory {
  private static final Logger log = LoggerFactory.getLogger(AgentServicesFactory.class);
  private static final int DISK_THREADS = 8;
  private static final int MAX_WITHHELD_LOGGED = 40;
  private static final int KEPT_INPUTS = 200;

  private final AgentSettings settings;
  private final DataDirectory data;
  private final TimeSource time;

  AgentServicesFactory(AgentSettings settings, DataDirectory data, TimeSource time) {
    this.settings = settings;
    this.data = data;
    this.time = time;
  }

  AgentServices create(
      Vertx vertx, WorkspaceStore workspaceStore, AgentIdentity identity, AgentSecret secret)
      throws IOException {
    DirectoryRemover.delete(data.keys()); // left by an agent that was killed
    S3Defaults s3 = S3Defaults.of(System.getenv(), time.wall());
    FetchSettings fetch = FetchSettingsBuilder.builder(settings.fetch()).keys(data.keys()).build();
    MavenHome maven = MavenHome.of(HomeDirectory.of(System.getenv()), data.maven());
    return AgentServicesBuilder.builder()
        .vertx(vertx)
        .disk(vertx.createSharedWorkerExecutor("cta-disk", DISK_THREADS))
        .threads(TaskThreads.create(settings.slots()))
        .workspaces(workspaceStore)
        .room(diskWatch(workspaceStore))
        .fetcher(
            new InputFetcher(
                new InputCache(data.cache(), KEPT_INPUTS, settings.cacheLimit(), time.wall()),
                maven,
                fetch,
                s3,
                time.ticker()))
        .secrets(new AttemptSecretsClient(vertx, settings.servers(), secret)::open)
        .artifactLimits(settings.artifacts())
        .pusher(new OutputPusher(s3, fetch, time.ticker()))
        .uploader(new ArtifactUploader(settings.servers(), secret::token, time.ticker()))
        .machineId(identity.machineId())
        .machineName(settings.name())
        .inherited(inherited())
        .legacyResults(settings.legacyResults())
        .time(time)
        .build();
  }

  private InheritedVariables inherited() {
    InheritedVariables inherited = new InheritedVariables(settings.passEnv());
    List<String> withheld = inherited.withheld(System.getenv().keySet());
    if (!withheld.isEmpty()) {
      log.info(
          "tests do not see all variables of this process; --pass-env names more [withheld: {}{}]",
          String.join(" ", withheld.subList(0, Math.min(MAX_WITHHELD_LOGGED, withheld.size()))),
          withheld.size() > MAX_WITHHELD_LOGGED
              ? " and " + (withheld.size() - MAX_WITHHELD_LOGGED)
              : "");
    }
    return inherited;
  }

  /** Watches the disk of workspaces and journal, and the disk of the tests' temporary files. */
  private DiskWatch diskWatch(WorkspaceStore workspaceStore) {
    return new DiskWatch(
        List.of(data.work(), Path.of(System.getProperty("java.io.tmpdir"))),
        data.probes(),
        settings.minFree(),
        workspaceStore::diskLow);
  }
}
