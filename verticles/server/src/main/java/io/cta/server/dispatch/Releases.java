package io.cta.server.dispatch;

import io.cta.domain.Secrets;
import io.cta.domain.Task;
import io.cta.message.Envelope;
import io.cta.message.MessageSource;
import io.cta.message.Types;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.Phase;
import io.cta.state.Step;
import io.cta.state.TaskFact;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries releases out: first the store, then the queue; and again until someone has acked. */
final class Releases {
  private static final Logger log = LoggerFactory.getLogger(Releases.class);
  private static final int MAX_DOUBLINGS = 5;

  private final Board board;
  private final TaskWriter writer;
  private final Snapshots snapshots;
  private final MachineQueues machines;
  private final GroupQueues groups;
  private final DispatchSettings settings;
  private final TimeSource time;

  Releases(
      Board board,
      TaskWriter writer,
      Snapshots snapshots,
      MachineQueues machines,
      GroupQueues groups,
      DispatchSettings settings,
      TimeSource time) {
    this.board = board;
    this.writer = writer;
    this.snapshots = snapshots;
    this.machines = machines;
    this.groups = groups;
    this.settings = settings;
    this.time = time;
  }

  void release(Scheduler.Release release) {
    Ticket ticket = release.ticket();
    String machineId = release.machine().id();
    ticket.sentAt = time.nanos(); // on its way: not to be sent again meanwhile
    // the machine is named when the queue must not hand the task to one that broke or declined it
    boolean pulled = ticket.run.shared() && ticket.avoided().isEmpty();
    TaskFact fact = new TaskFact.Released(Secrets.next(), pulled ? null : machineId, time.now());
    if (pulled) {
      groups.invite(ticket.run, machineId);
    }
    writer
        .apply(ticket.task.id(), fact)
        .compose(
            step -> {
              if (step instanceof Step.Moved moved) {
                return publish(ticket, moved.task());
              }
              board.unreserve(ticket);
              return Future.succeededFuture();
            })
        .onFailure(
            e -> {
              board.unreserve(ticket);
              log.warn("task not released [task: {}]", ticket.task.id(), e);
            });
  }

  /** Puts the current attempt on its queue (again). */
  Future<Void> publish(Ticket ticket, Task task) {
    ticket.sentAt = time.nanos();
    return snapshots
        .of(task.executionId())
        .compose(
            snapshot -> {
              Envelope command =
                  Envelope.of(
                      Types.TASK_RUN,
                      MessageSource.SERVER,
                      Snapshots.command(task, snapshot, settings.logLimit()));
              return task.machineId() == null
                  ? groups.publish(ticket.run, command)
                  : machines.send(task.machineId(), command);
            })
        .recover(
            e -> {
              log.warn("task not on its queue yet [task: {}]", task.id(), e);
              return Future.succeededFuture(); // it will be sent again
            });
  }

  /**
   * What a server before this one put on a group's queue may be in an agent's journal by now: it
   * has as long for saying so as if it had just been sent, lest another agent runs it too. In a
   * cluster that goes for machines' queues as well: they have outlived the other node.
   */
  void recovered(boolean alone) {
    long now = time.nanos();
    board.released().stream()
        .filter(ticket -> !alone || ticket.task.machineId() == null)
        .forEach(ticket -> ticket.sentAt = now);
  }

  /** Looks after released tickets: sends again, finds other machines, takes back. */
  void tend() {
    long now = time.nanos();
    for (Ticket ticket : List.copyOf(board.released())) {
      if (Phase.of(ticket.task) == Phase.RELEASED) {
        tend(ticket, now);
      }
    }
  }

  /** A machine came up: what it was sent may never have reached it. */
  void arrived(String machineId) {
    for (Ticket ticket : List.copyOf(board.released())) {
      if (machineId.equals(ticket.task.machineId()) && Phase.of(ticket.task) == Phase.RELEASED) {
        publish(ticket, ticket.task);
      }
    }
  }

  /** A machine went: what it did not ack goes elsewhere, unless it is bound to it. */
  void departed(String machineId) {
    board.runs().forEach(run -> run.invited.remove(machineId));
    for (Ticket ticket : List.copyOf(board.released())) {
      if (machineId.equals(ticket.task.machineId())
          && !ticket.task.bound()
          && Phase.of(ticket.task) == Phase.RELEASED) {
        withdraw(ticket);
      }
    }
  }

  private void tend(Ticket ticket, long now) {
    String machineId = ticket.task.machineId();
    FleetMachine machine = machineId == null ? null : board.fleet.get(machineId);
    if (machineId == null) {
      keepSlot(ticket, now);
    } else if (machine == null || !machine.online()) {
      ticket.awaySince = ticket.awaySince == null ? Long.valueOf(now) : ticket.awaySince;
      if (!ticket.task.bound() && now - ticket.awaySince > settings.lease().toNanos()) {
        withdraw(ticket);
      }
      return;
    }
    ticket.awaySince = null;
    if (now - ticket.sentAt > patience(ticket).toNanos()) {
      ticket.sends++;
      publish(ticket, ticket.task);
    }
  }

  /** The slot kept for a task on a group queue must be one of a machine that is there. */
  private void keepSlot(Ticket ticket, long now) {
    FleetMachine kept = ticket.reserved == null ? null : board.fleet.get(ticket.reserved);
    if (kept != null && kept.takes()) {
      groups.invite(ticket.run, kept.id());
      return;
    }
    FleetMachine other = new Candidates(ticket.run.pool, board.fleet, now).best(ticket.avoided());
    board.rereserve(ticket, other == null ? null : other.id());
    if (other != null) {
      groups.invite(ticket.run, other.id());
    }
  }

  private void withdraw(Ticket ticket) {
    Task task = ticket.task;
    writer
        .apply(
            task.id(),
            new TaskFact.Withdrawn(
                task.attempt(),
                task.token(),
                "its machine went offline before it took it",
                time.now()))
        .onFailure(e -> log.warn("task not withdrawn [task: {}]", task.id(), e));
  }

  private Duration patience(Ticket ticket) {
    return settings.resend().multipliedBy(1L << Math.min(ticket.sends, MAX_DOUBLINGS));
  }
}
