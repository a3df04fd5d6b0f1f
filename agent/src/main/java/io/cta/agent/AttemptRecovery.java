package io.cta.agent;

import io.cta.agent.journal.AgentJournal;
import io.cta.agent.journal.StageProgress;
import io.cta.agent.journal.TaskJournal;
import io.cta.agent.output.OutputSpool;
import io.cta.agent.process.LeftoverProcesses;
import io.cta.agent.process.ProcessOwner;
import io.cta.agent.run.AttemptContext;
import io.cta.agent.run.AttemptOutcome;
import io.cta.agent.run.StagePosition;
import io.cta.agent.run.StopRequest;
import io.cta.agent.workspace.WorkspaceStore;
import io.cta.domain.AttemptRef;
import io.cta.domain.Test;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recovers the attempts that an earlier process of this agent left when it died. Blocks; runs
 * before anything else.
 */
final class AttemptRecovery {
  private static final Logger log = LoggerFactory.getLogger(AttemptRecovery.class);

  /**
   * An attempt to take over.
   *
   * @param from where it goes on; null when it is over and only its events are left to send
   */
  record Recovered(AttemptContext attempt, StagePosition from) {}

  private final AgentJournal journal;
  private final WorkspaceStore workspaceStore;
  private final long logLimit;
  private final String machineId;

  AttemptRecovery(
      AgentJournal journal, WorkspaceStore workspaceStore, long logLimit, String machineId) {
    this.journal = journal;
    this.workspaceStore = workspaceStore;
    this.logLimit = logLimit;
    this.machineId = machineId;
  }

  /**
   * Kills the processes that unfinished attempts left, and returns the attempts' journals. Comes
   * before {@link #recover(List)}.
   *
   * @param work the directory of this agent's workspaces
   */
  static List<TaskJournal> killLeftovers(AgentJournal journal, Path work) throws IOException {
    List<TaskJournal> tasks = journal.recover();
    for (TaskJournal task : tasks) {
      StageProgress step = task.lastStep();
      ProcessOwner processOwner = new ProcessOwner(task.run().taskId(), task.run().attempt(), work);
      if (!task.hasEnded()) {
        LeftoverProcesses.kill(
            step == null ? 0 : step.pid(), step == null ? 0 : step.startedAt(), processOwner);
      }
    }
    return tasks;
  }

  List<Recovered> recover(List<TaskJournal> tasks) throws IOException {
    List<Recovered> out = new ArrayList<>();
    Set<String> workspacesInUse = new HashSet<>();
    for (TaskJournal task : tasks) {
      Recovered one = recover(task);
      out.add(one);
      if (one.from() != null) {
        workspacesInUse.add(one.attempt().key().fileName());
      }
    }
    workspaceStore.sweep(workspacesInUse);
    return out;
  }

  /**
   * Whether files are left to be sent or pushed, or to be collected from the test that was cut off.
   */
  private static boolean hasArtifacts(TaskJournal task) {
    StageProgress last = task.lastStep();
    List<Test> tests = task.run().tests();
    return !task.staged().isEmpty()
        || last != null && !task.run().outputs().isEmpty()
        || last != null
            && last.test() < tests.size()
            && !tests.get(last.test()).artifacts().isEmpty();
  }

  private Recovered recover(TaskJournal task) throws IOException {
    OutputSpool spool = new OutputSpool(task.dir(), task.run(), logLimit, task.logsConfirmed());
    AttemptContext attempt = new AttemptContext(task.run(), task, spool, new StopRequest());
    AttemptRef key = attempt.key();
    if (task.hasEnded()) {
      log.info("an ended attempt is not confirmed yet [task: {}]", key);
      return new Recovered(attempt, null);
    }
    if (!task.hasStarted()) {
      log.info("an attempt that had not begun begins now [task: {}]", key);
      return new Recovered(attempt, StagePosition.START);
    }
    StagePosition next = StagePosition.after(task.run(), task.lastStep()).orElse(null);
    if (next == null && hasArtifacts(task)) {
      log.warn("an attempt was cut off; its files are still to be sent [task: {}]", key);
      return new Recovered(attempt, StagePosition.OVER);
    }
    if (next == null) {
      log.warn("an attempt was cut off by the end of the agent [task: {}]", key);
      AttemptOutcome attemptOutcome =
          AttemptOutcome.broken("agentRestarted", "the agent was started again while it ran");
      task.end(count -> attemptOutcome.of(task.run(), machineId, count, null, task.warnings()));
    } else {
      log.info("an attempt goes on after a restart [task: {}, at: {}]", key, next);
    }
    return new Recovered(attempt, next);
  }
}
