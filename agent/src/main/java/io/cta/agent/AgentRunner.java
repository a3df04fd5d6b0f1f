package io.cta.agent;

import io.cta.agent.identity.AgentIdentity;
import io.cta.agent.identity.AgentSecret;
import io.cta.agent.identity.DataDirectory;
import io.cta.agent.identity.EnrolmentClient;
import io.cta.agent.identity.SecretRenewal;
import io.cta.agent.journal.AgentJournal;
import io.cta.agent.journal.TaskJournal;
import io.cta.agent.machine.MachineAddress;
import io.cta.agent.machine.MachineFacts;
import io.cta.agent.workspace.WorkspaceStore;
import io.cta.domain.IdGenerator;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the agent from its start to its exit. Runs on the main thread, which may block. */
final class AgentRunner {
  private static final TimeSource TIME = TimeSource.system();
  private static final Logger log = LoggerFactory.getLogger(AgentRunner.class);
  private static final int KEPT_WORKSPACES = 5;

  private final AgentSettings settings;
  private final DataDirectory data;
  private final String session = IdGenerator.next();
  private final String hostname = MachineAddress.hostname();
  private final AtomicInteger signals = new AtomicInteger();
  private final CompletableFuture<Void> leave = new CompletableFuture<>();
  private final CompletableFuture<Void> atOnce = new CompletableFuture<>();
  private volatile String refusal;

  AgentRunner(AgentSettings settings, DataDirectory data) {
    this.settings = settings;
    this.data = data;
  }

  /**
   * Blocks until the agent has left, and returns the exit code. Throws {@link
   * EnrolmentClient.Refused}, or has it as the cause, when the server refuses this agent.
   */
  int run() throws IOException, ExecutionException, InterruptedException {
    log.info("starting [settings: {}, version: {}]", settings, AgentVersion.text());
    AgentJournal journal = new AgentJournal(data.tasks());
    List<TaskJournal> leftovers = AttemptRecovery.killLeftovers(journal, data.work());
    Vertx vertx = vertx();
    try {
      work(vertx, journal, leftovers);
      if (refusal != null) {
        throw new EnrolmentClient.Refused(refusal);
      }
      return Main.OK;
    } finally {
      get(vertx.close());
      journal.close();
    }
  }

  /**
   * Uses few threads and the system's name resolution, and writes no files outside the data
   * directory.
   */
  private static Vertx vertx() {
    System.setProperty("vertx.disableDnsResolver", "true");
    FileSystemOptions files =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(2)
            .setWorkerPoolSize(2)
            .setFileSystemOptions(files));
  }

  private void work(Vertx vertx, AgentJournal journal, List<TaskJournal> leftovers)
      throws IOException, ExecutionException, InterruptedException {
    CompletableFuture<Map<String, List<String>>> facts = CompletableFuture.supplyAsync(this::facts);
    JsonWarmUp.run();
    AgentIdentity identity = identity(vertx, facts);
    if (identity == null) {
      return;
    }
    log.info("this is {}", identity);
    AgentSecret secret = new AgentSecret(data, identity);
    SecretRenewal renewal =
        new SecretRenewal(vertx, settings.servers(), secret, new RenewalListener());
    if (!isCheckedIn(renewal)) {
      return;
    }
    WorkspaceStore workspaceStore = new WorkspaceStore(data.work(), KEPT_WORKSPACES);
    AttemptRecovery recovery =
        new AttemptRecovery(journal, workspaceStore, settings.logLimit(), identity.machineId());
    AgentVerticle.StartContext startContext =
        new AgentVerticle.StartContext(
            settings,
            session,
            hostname,
            facts.get(),
            identity.heartbeat(),
            journal,
            recovery.recover(leftovers));
    AgentVerticle agentVerticle =
        new AgentVerticle(
            startContext,
            new AgentServicesFactory(settings, data, TIME)
                .create(vertx, workspaceStore, identity, secret),
            (self, connectionListener) ->
                new ServerLink(connectionListener, secret, TIME).connect(vertx, settings, session),
            renewal,
            this::copied);
    get(vertx.deployVerticle(agentVerticle));
    atOnce.thenRun(agentVerticle::leaveAtOnce);
    leave.get();
    get(agentVerticle.leave(refusal == null));
  }

  /**
   * Returns the identity, enrolling first when there is none; null when the agent is told to leave
   * before it has one.
   */
  private AgentIdentity identity(Vertx vertx, CompletableFuture<Map<String, List<String>>> facts)
      throws IOException, ExecutionException, InterruptedException {
    var known = data.identity();
    if (known.isPresent()) {
      return known.get();
    }
    if (settings.token() == null) {
      throw new IllegalStateException(
          "--token-file (CTA_AGENT_TOKEN_FILE) or CTA_AGENT_TOKEN is required: this machine is not"
              + " enrolled yet");
    }
    CompletableFuture<AgentIdentity> enrolled =
        new EnrolmentClient(vertx, settings.servers(), settings.token())
            .enrol(enrolment(facts.get()))
            .toCompletionStage()
            .toCompletableFuture();
    CompletableFuture.anyOf(enrolled, leave).get();
    if (!enrolled.isDone()) {
      return null;
    }
    data.keep(enrolled.get());
    return enrolled.get();
  }

  /**
   * Renews the token before the agent connects to a broker, which does not ask for it. Returns
   * false when the agent is told to leave before that is done.
   */
  private boolean isCheckedIn(SecretRenewal renewal)
      throws ExecutionException, InterruptedException {
    if (settings.link() instanceof LinkSettings.WebSocket) {
      return true;
    }
    CompletableFuture<Void> done =
        renewal.checkIn(session).toCompletionStage().toCompletableFuture();
    CompletableFuture.anyOf(done, leave).get();
    return done.isDone();
  }

  private void copied(String text) {
    log.error("this agent is the copy of another one, and leaves [reason: {}]", text);
    refusal = text;
    leaveAtOnce();
  }

  private final class RenewalListener implements SecretRenewal.Listener {
    private String known = settings.name();

    @Override
    public void named(String name) {
      if (settings.named() && !name.equals(known)) {
        log.warn("the server calls this machine {}, not {} as --name says", name, settings.name());
      }
      known = name;
    }

    @Override
    public void copied(String text) {
      AgentRunner.this.copied(text);
    }
  }

  private JsonObject enrolment(Map<String, List<String>> facts) throws IOException {
    return new JsonObject()
        .put("identity", data.proof())
        .put("name", settings.name())
        .put("hostname", hostname)
        .put("labels", settings.labels())
        .put("slots", settings.slots())
        .put("facts", facts);
  }

  private Map<String, List<String>> facts() {
    Map<String, List<String>> out = new LinkedHashMap<>(MachineFacts.read(hostname, TIME.ticker()));
    out.putAll(settings.properties());
    return out;
  }

  /**
   * Leaves once the running attempts are over; when called a second time, ends them. Any thread.
   */
  void leave() {
    leave.complete(null);
    if (signals.incrementAndGet() > 1) {
      atOnce.complete(null);
    }
  }

  /** Ends the running attempts and leaves. Any thread. */
  void leaveAtOnce() {
    leave.complete(null);
    atOnce.complete(null);
  }

  private static <T> T get(Future<T> future) throws ExecutionException, InterruptedException {
    return future.toCompletionStage().toCompletableFuture().get();
  }
}
