package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link Forge} has accepted for one commit, or for the note of one scenario on one merge
 * request, and which node is talking to it about that commit now: there is one request at a time.
 *
 * @param id follows from forge, project and commit
 * @param claimedBy the node, or null
 * @param accepted the last status by branch and context
 * @param noteId what the forge knows the note by, or null
 * @param notedBy the execution whose note it has, or null
 */
@RecordBuilder
public record CommitLine(
    String id,
    String claimedBy,
    Map<String, AcceptedStatus> accepted,
    Instant updatedAt,
    Long noteId,
    String notedBy) {
  /** Contexts of one commit; GitHub takes no more, either. */
  static final int MAX = 1_000;

  /**
   * A status that was accepted.
   *
   * @param stage name of the stage of the execution
   */
  public record AcceptedStatus(String executionId, String stage) {}

  public CommitLine {
    accepted = FieldChecks.map(accepted);
  }

  /** The id of the line of a commit. */
  public static String idOf(String forgeId, String project, String commit) {
    // the time is no part of it: whoever asks comes to the same
    return IdGenerator.derived(Instant.EPOCH, forgeId + "\n" + project + "\n" + commit);
  }

  /** The same line with one more status; the oldest is forgotten when there are too many. */
  public CommitLine with(String context, AcceptedStatus status) {
    Map<String, AcceptedStatus> next = new LinkedHashMap<>(accepted);
    next.remove(context);
    next.put(context, status);
    while (next.size() > MAX) {
      next.remove(next.keySet().iterator().next());
    }
    return new CommitLine(id, claimedBy, next, updatedAt, noteId, notedBy);
  }
}
