package io.cta.server.notify.chat;

import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.server.view.events.ExecutionEventDataView;
import io.cta.server.view.events.FailureEventView;
import io.cta.server.view.executions.ResultCountsView;
import io.cta.text.TextCut;
import java.util.ArrayList;
import java.util.List;

/**
 * What a message says, in plain words, before it is encoded for a program.
 *
 * @param good whether all is well
 * @param link where people look at the execution; null when the server does not know its address
 * @param more failures that are not in the list; negative when nobody knows how many
 */
record ChatFacts(
    String title, String facts, boolean good, List<Failure> failures, int more, String link) {
  private static final int MAX_FAILURES = 10;
  private static final int MAX_TEXT_CHARS = 600;
  private static final int COMMIT_CHARS = 10;

  /** One failure: where, and what was said. */
  record Failure(String where, String said) {}

  static ChatFacts of(ExecutionEventDataView e) {
    List<Failure> failures = new ArrayList<>();
    for (FailureEventView f : e.failures()) {
      if (failures.size() < MAX_FAILURES) {
        failures.add(failure(f));
      }
    }
    int more = Math.max(e.counts().failed() - failures.size(), 0);
    boolean absolute = e.link() != null && e.link().matches("https?://.*");
    boolean good = e.state() == State.FINISHED && e.result() == Result.OK;
    return new ChatFacts(title(e), facts(e), good, failures, more, absolute ? e.link() : null);
  }

  private static String title(ExecutionEventDataView e) {
    String result =
        e.state() != State.FINISHED || e.result() == null ? e.state().wire() : e.result().wire();
    String branch =
        e.source() == null || e.source().branch() == null ? "" : " on " + e.source().branch();
    return e.scenario() + ": " + result + branch;
  }

  private static String facts(ExecutionEventDataView e) {
    ResultCountsView c = e.counts();
    StringBuilder out = new StringBuilder();
    out.append(c.ok()).append(" ok, ").append(c.failed()).append(" failed");
    out.append(c.partial() > 0 ? ", " + c.partial() + " partial" : "");
    out.append(c.inconclusive() > 0 ? ", " + c.inconclusive() + " inconclusive" : "");
    out.append(c.flaky() > 0 ? ", " + c.flaky() + " flaky" : "");
    if (e.source() != null && e.source().commit() != null) {
      String commit = e.source().commit();
      out.append("; commit ").append(commit, 0, Math.min(COMMIT_CHARS, commit.length()));
      out.append(e.source().subject() == null ? "" : " " + e.source().subject());
    }
    if (e.reason() != null || e.message() != null) {
      out.append("; ").append(e.message() == null ? e.reason() : e.message());
    }
    return TextCut.shortened(line(out.toString()), MAX_TEXT_CHARS);
  }

  private static Failure failure(FailureEventView f) {
    String where =
        f.test()
            + (f.caseName() == null ? "" : " " + f.caseName())
            + (f.machine() == null ? "" : " on " + f.machine());
    String said = f.message() == null ? f.reason() : f.message();
    return new Failure(
        TextCut.shortened(line(where), MAX_TEXT_CHARS),
        said == null ? "" : TextCut.shortened(said, MAX_TEXT_CHARS));
  }

  /** The same with fewer failures. */
  ChatFacts withFirst(int count) {
    int left = failures.size() - count;
    return new ChatFacts(title, facts, good, failures.subList(0, count), more + left, link);
  }

  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
