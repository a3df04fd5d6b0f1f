package io.cta.agent.journal;

import io.cta.domain.StatusSource;
import io.cta.json.JsonMapping;
import io.cta.message.StatusReport;
import io.cta.message.TaskRun;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The state of a task's journal, built up line by line. Of events only the positions are kept. */
final class JournalState {
  TaskRun run;
  boolean started;
  boolean ended;
  int statuses;
  int logs;
  StageProgress step;
  final Set<String> selfReported = new HashSet<>();
  final Deque<Long> unconfirmed = new ArrayDeque<>();
  final SortedMap<Integer, StagedArtifact> staged = new TreeMap<>();
  final List<String> warnings = new ArrayList<>();
  int artifacts;
  long artifactBytes;
  private int confirmed;

  void read(long position, Buffer json) {
    apply(position, JsonMapping.decode(json, JournalEntry.class));
  }

  void apply(long position, JournalEntry journalEntry) {
    if (journalEntry.accepted() != null) {
      run = journalEntry.accepted();
    } else if (journalEntry.event() != null) {
      event(position, journalEntry.event());
    } else if (journalEntry.step() != null) {
      step = journalEntry.step();
    } else if (journalEntry.events() != null) {
      confirmed(journalEntry.events());
    } else if (journalEntry.logs() != null) {
      logs = Math.max(logs, journalEntry.logs());
    } else if (journalEntry.artifact() != null) {
      artifact(journalEntry.artifact());
    } else if (journalEntry.settled() != null) {
      staged.remove(journalEntry.settled());
    } else if (journalEntry.warning() != null) {
      warnings.add(journalEntry.warning());
    }
  }

  int confirmed() {
    return confirmed;
  }

  private void artifact(StagedArtifact artifact) {
    staged.put(artifact.index(), artifact);
    artifacts = Math.max(artifacts, artifact.index());
    artifactBytes += artifact.size();
  }

  private void event(long position, AttemptEvent event) {
    unconfirmed.add(position);
    switch (event.kind()) {
      case STARTED -> started = true;
      case ENDED -> ended = true;
      case STATUS -> status(event.status());
      default -> {}
    }
  }

  private void status(StatusReport status) {
    statuses = Math.max(statuses, status.index());
    if (status.source() == StatusSource.API) {
      selfReported.add(status.testId());
    }
  }

  private void confirmed(int count) {
    for (; confirmed < count; confirmed++) {
      unconfirmed.poll();
    }
  }
}
