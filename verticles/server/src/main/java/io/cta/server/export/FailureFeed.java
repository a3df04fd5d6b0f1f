package io.cta.server.export;

import io.cta.json.InstantText;
import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.ResultCountsView;
import io.cta.server.view.executions.StatusView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes an Atom feed (RFC 4287) of the executions that did not end ok. Pure. */
public final class FailureFeed {
  private static final int MAX_FAILURES = 10;

  private final StringBuilder out =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  private final XmlElements xml = new XmlElements(out);

  /**
   * @param id of the feed, a URI that never changes
   * @param link where people see what the feed tells of
   * @param updated the end of the newest execution
   */
  public FailureFeed(String id, String title, String link, Instant updated) {
    xml.open("feed").with("xmlns", "http://www.w3.org/2005/Atom").close();
    xml.element("id", id);
    xml.element("title", title);
    xml.element("updated", InstantText.format(updated));
    xml.open("link").with("rel", "alternate").with("href", link).end();
    xml.open("author").close().element("name", "cta").end("author");
  }

  /**
   * Adds an execution.
   *
   * @param failures some of what was not ok, the worst first
   */
  public void add(ExecutionView e, String link, List<StatusView> failures) {
    xml.open("entry").close();
    xml.element("id", "urn:cta:execution:" + e.id());
    xml.element("title", e.scenarioName() + ": " + ExportTexts.why(e));
    xml.element("updated", InstantText.format(e.finishedAt()));
    xml.open("link").with("rel", "alternate").with("href", link).end();
    xml.open("content").with("type", "text").close().text(text(e, failures)).end("content");
    xml.end("entry");
  }

  public String end() {
    xml.end("feed");
    return out.toString();
  }

  private static String text(ExecutionView e, List<StatusView> failures) {
    List<String> lines = new ArrayList<>();
    ResultCountsView c = e.counts();
    lines.add(
        c.failed()
            + " failed, "
            + c.partial()
            + " partial, "
            + c.inconclusive()
            + " inconclusive, "
            + c.ok()
            + " ok");
    if (e.source() != null && e.source().commit() != null) {
      String branch = e.source().branch() == null ? "" : " of " + e.source().branch();
      lines.add("commit " + e.source().commit() + branch);
    }
    for (StatusView s : failures.subList(0, Math.min(MAX_FAILURES, failures.size()))) {
      String name = s.name() == null ? "" : " " + s.name();
      lines.add(s.result().wire() + ": " + s.testName() + name + ": " + ExportTexts.why(s));
    }
    return String.join("\n", lines);
  }
}
