package io.cta.agent;

import io.cta.agent.journal.Journal;
import io.cta.agent.journal.Key;
import io.cta.agent.journal.Step;
import io.cta.agent.journal.TaskJournal;
import io.cta.agent.output.Spool;
import io.cta.agent.process.Leftovers;
import io.cta.agent.process.Owner;
import io.cta.agent.run.Attempt;
import io.cta.agent.run.Ending;
import io.cta.agent.run.Position;
import io.cta.agent.run.Stop;
import io.cta.agent.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up what an agent before this one left when it died. Blocks; before anything else runs. */
final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  /**
   * An attempt that this agent answers for.
   *
   * @param from where it goes on; null when it is over and only has to be told
   */
  record Recovered(Attempt attempt, Position from) {}

  private final Journal journal;
  private final Workspaces workspaces;
  private final long logLimit;
  private final String machineId;

  Recovery(Journal journal, Workspaces workspaces, long logLimit, String machineId) {
    this.journal = journal;
    this.workspaces = workspaces;
    this.logLimit = logLimit;
    this.machineId = machineId;
  }

  /**
   * Ends what is left of the processes, before it is said what becomes of each attempt.
   *
   * @param work where this agent's workspaces are
   */
  static List<TaskJournal> killLeftovers(Journal journal, Path work) throws IOException {
    List<TaskJournal> tasks = journal.recover();
    for (TaskJournal task : tasks) {
      Step step = task.lastStep();
      Owner owner = new Owner(task.run().taskId(), task.run().attempt(), work);
      if (!task.hasEnded()) {
        Leftovers.kill(step == null ? 0 : step.pid(), step == null ? 0 : step.startedAt(), owner);
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
        workspacesInUse.add(one.attempt().key().dir());
      }
    }
    workspaces.sweep(workspacesInUse);
    return out;
  }

  private Recovered recover(TaskJournal task) throws IOException {
    Spool spool = new Spool(task.dir(), task.run(), logLimit, task.logsConfirmed());
    Attempt attempt = new Attempt(task.run(), task, spool, new Stop());
    Key key = attempt.key();
    if (task.hasEnded()) {
      log.info("an ended attempt is still to be told [task: {}]", key);
      return new Recovered(attempt, null);
    }
    if (!task.hasStarted()) {
      log.info("an attempt that had not begun begins now [task: {}]", key);
      return new Recovered(attempt, Position.START);
    }
    Position next = Position.after(task.run(), task.lastStep()).orElse(null);
    if (next == null) {
      log.warn("an attempt was cut off by the end of the agent [task: {}]", key);
      Ending ending = Ending.broken("agentRestarted", "the agent was started again while it ran");
      task.end(count -> ending.of(task.run(), machineId, count, null));
    } else {
      log.info("an attempt goes on after a restart [task: {}, at: {}]", key, next);
    }
    return new Recovered(attempt, next);
  }
}
