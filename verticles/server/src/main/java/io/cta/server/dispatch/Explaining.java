package io.cta.server.dispatch;

import io.cta.server.tasks.TaskWriter;
import io.cta.state.TaskFact;
import io.cta.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down why tasks wait, once they have waited for a moment, and when the reason changes. */
final class Explaining {
  private static final Logger log = LoggerFactory.getLogger(Explaining.class);
  private static final Duration MOMENT = Duration.ofMillis(500);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int WRITES = 300;
  private static final int LOOKS = 50_000;

  private final Board board;
  private final TaskWriter writer;
  private final TimeSource time;
  private int underWay;

  Explaining(Board board, TaskWriter writer, TimeSource time) {
    this.board = board;
    this.writer = writer;
    this.time = time;
  }

  void explain() {
    WaitReasons reasons = new WaitReasons(board, time.nanos());
    for (Ticket ticket : waiting(time.nanos())) {
      if (underWay >= WRITES) {
        return;
      }
      String reason = reasons.of(ticket);
      if (!reason.equals(ticket.task.waitReason())) {
        write(ticket, reason);
      }
    }
  }

  private List<Ticket> waiting(long now) {
    List<Ticket> out = new ArrayList<>();
    for (Ticket ticket : board.released()) {
      if (!ticket.releasing && unanswered(ticket, now)) {
        out.add(ticket);
      }
    }
    for (WaitingLane lane : board.lanes()) {
      for (Run run : lane.runs.values()) {
        for (Ticket ticket : run.waiting.values()) {
          if (out.size() >= LOOKS) {
            return out;
          }
          if (now - ticket.since > MOMENT.toNanos()) {
            out.add(ticket);
          }
        }
      }
    }
    return out;
  }

  /** On its queue, and either for a while or with nobody there to take it. */
  private static boolean unanswered(Ticket ticket, long now) {
    return ticket.task.machineId() == null
        ? ticket.reserved == null
        : now - ticket.sentAt > ANSWER.toNanos();
  }

  private void write(Ticket ticket, String reason) {
    underWay++;
    writer
        .apply(ticket.task.id(), new TaskFact.Waiting(reason, time.now()))
        .onFailure(e -> log.debug("wait reason not stored [task: {}]", ticket.task.id(), e))
        .onComplete(v -> underWay--);
  }
}
