package io.cta.server.notify.mail;

import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.server.mail.MailText;
import io.cta.server.view.events.ExecutionEventDataView;
import io.cta.server.view.events.FailureEventView;
import io.cta.server.view.executions.ExecutionSourceView;
import io.cta.server.view.executions.ResultCountsView;
import io.cta.text.TextCut;
import java.util.ArrayList;
import java.util.List;

/**
 * What a letter says, in plain words, before it is text or HTML.
 *
 * @param good whether all is well
 * @param lines one fact each
 * @param more failures that are not in the list
 * @param link where people look at the execution; null when the server does not know its address
 */
record MailFacts(
    String subject,
    String title,
    boolean good,
    List<String> lines,
    String compared,
    List<String> newlyFailing,
    List<String> repaired,
    List<Failure> failures,
    int more,
    String link) {
  private static final int MAX_FAILURES = 10;
  private static final int MAX_NAMES = 20;
  private static final int MAX_NAME_CHARS = 200;
  private static final int MAX_SUBJECT_CHARS = 200;
  private static final int COMMIT_CHARS = 10;

  /** One failure: where, and what was said. */
  record Failure(String where, String said) {}

  static MailFacts of(ExecutionEventDataView e, ResultChanges changes) {
    boolean good = e.state() == State.FINISHED && e.result() == Result.OK;
    List<Failure> failures =
        e.failures().stream().limit(MAX_FAILURES).map(MailFacts::failure).toList();
    String title = title(e);
    return new MailFacts(
        TextCut.shortened("[cta] " + title, MAX_SUBJECT_CHARS),
        title,
        good,
        lines(e),
        compared(changes, branch(e)),
        names(changes.newlyFailing()),
        names(changes.repaired()),
        failures,
        Math.max(e.counts().failed() - failures.size(), 0),
        e.link() != null && e.link().matches("https?://.*") ? e.link() : null);
  }

  private static String title(ExecutionEventDataView e) {
    boolean finished = e.state() == State.FINISHED && e.result() != null;
    ResultCountsView c = e.counts();
    int all = c.ok() + c.failed() + c.partial() + c.inconclusive();
    String counts =
        !finished || c.failed() == 0 ? c.ok() + " of " + all + " ok" : c.failed() + " of " + all;
    return MailText.line(
        e.scenario()
            + " "
            + (finished ? e.result().wire() : e.state().wire())
            + branch(e)
            + ": "
            + counts);
  }

  private static String branch(ExecutionEventDataView e) {
    return e.source() == null || e.source().branch() == null ? "" : " on " + e.source().branch();
  }

  private static List<String> lines(ExecutionEventDataView e) {
    List<String> out = new ArrayList<>();
    ResultCountsView c = e.counts();
    out.add(
        c.ok()
            + " ok, "
            + c.failed()
            + " failed"
            + counted(c.partial(), "partial")
            + counted(c.inconclusive(), "inconclusive")
            + counted(c.skipped(), "skipped")
            + counted(c.flaky(), "flaky"));
    if (e.reason() != null || e.message() != null) {
      out.add(e.message() == null ? e.reason() : e.message());
    }
    ExecutionSourceView s = e.source();
    if (s != null && s.commit() != null) {
      out.add(
          "commit "
              + TextCut.beginning(s.commit(), COMMIT_CHARS)
              + (s.subject() == null ? "" : " " + s.subject())
              + (s.author() == null ? "" : ", by " + s.author()));
    }
    out.add("asked for by " + e.requestedBy() + "; over at " + e.finishedAt());
    return out.stream().map(MailText::line).toList();
  }

  private static String counted(int count, String word) {
    return count == 0 ? "" : ", " + count + " " + word;
  }

  private static String compared(ResultChanges changes, String branch) {
    if (changes.before() == null) {
      return MailText.line("the first execution" + branch);
    }
    String before = "the execution before" + branch + " was " + changes.before();
    return MailText.line(
        changes.known() ? before : before + "; too many failures to compare them one by one");
  }

  private static List<String> names(List<String> names) {
    List<String> out = new ArrayList<>();
    for (String name : names.subList(0, Math.min(MAX_NAMES, names.size()))) {
      out.add(TextCut.shortened(MailText.line(name), MAX_NAME_CHARS));
    }
    if (names.size() > MAX_NAMES) {
      out.add("and " + (names.size() - MAX_NAMES) + " more");
    }
    return out;
  }

  private static Failure failure(FailureEventView f) {
    String where =
        f.test()
            + (f.caseName() == null ? "" : ": " + f.caseName())
            + (f.machine() == null ? "" : " on " + f.machine());
    String said = f.message() == null ? f.reason() : f.message();
    return new Failure(MailText.line(where), said == null ? "" : said.strip());
  }
}
