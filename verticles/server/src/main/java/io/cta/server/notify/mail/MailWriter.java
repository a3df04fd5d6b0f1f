package io.cta.server.notify.mail;

import io.cta.server.view.events.ExecutionEventDataView;
import java.util.List;
import org.apache.commons.text.StringEscapeUtils;

/** Writes letters about the end of an execution. What tests wrote is text in them, never markup. */
public final class MailWriter {
  private MailWriter() {}

  public static MailContent write(ExecutionEventDataView execution, ResultChanges changes) {
    MailFacts facts = MailFacts.of(execution, changes);
    return new MailContent(facts.subject(), text(facts), html(facts));
  }

  private static String text(MailFacts f) {
    StringBuilder out = new StringBuilder(f.title()).append("\n\n");
    f.lines().forEach(line -> out.append(line).append('\n'));
    out.append(f.compared()).append('\n');
    list(out, "Newly failing", f.newlyFailing());
    list(out, "Repaired", f.repaired());
    if (!f.failures().isEmpty()) {
      out.append("\nFailures\n");
    }
    for (MailFacts.Failure failure : f.failures()) {
      out.append("* ").append(failure.where()).append('\n');
      failure.said().lines().forEach(line -> out.append("    ").append(line).append('\n'));
    }
    if (f.more() > 0) {
      out.append("and ").append(f.more()).append(" more\n");
    }
    if (f.link() != null) {
      out.append('\n').append(f.link()).append('\n');
    }
    return out.toString();
  }

  private static void list(StringBuilder out, String title, List<String> names) {
    if (!names.isEmpty()) {
      out.append('\n').append(title).append('\n');
      names.forEach(name -> out.append("* ").append(name).append('\n'));
    }
  }

  private static String html(MailFacts f) {
    StringBuilder out = new StringBuilder("<!DOCTYPE html>\n<html><body style=\"");
    out.append("font-family:sans-serif;font-size:14px\">\n");
    out.append("<h2 style=\"font-size:18px;color:")
        .append(f.good() ? "#1a7f37" : "#cf222e")
        .append("\">")
        .append(safe(f.title()))
        .append("</h2>\n<p>");
    f.lines().forEach(line -> out.append(safe(line)).append("<br>\n"));
    out.append(safe(f.compared())).append("</p>\n");
    htmlList(out, "Newly failing", f.newlyFailing());
    htmlList(out, "Repaired", f.repaired());
    if (!f.failures().isEmpty()) {
      out.append("<h3 style=\"font-size:15px\">Failures</h3>\n");
    }
    for (MailFacts.Failure failure : f.failures()) {
      out.append("<p><b>").append(safe(failure.where())).append("</b></p>\n");
      if (!failure.said().isEmpty()) {
        out.append("<pre style=\"white-space:pre-wrap;margin-left:16px\">")
            .append(safe(failure.said()))
            .append("</pre>\n");
      }
    }
    if (f.more() > 0) {
      out.append("<p>and ").append(f.more()).append(" more</p>\n");
    }
    if (f.link() != null) {
      String link = safe(f.link());
      out.append("<p><a href=\"").append(link).append("\">Open the execution</a></p>\n");
    }
    return out.append("</body></html>\n").toString();
  }

  private static void htmlList(StringBuilder out, String title, List<String> names) {
    if (!names.isEmpty()) {
      out.append("<h3 style=\"font-size:15px\">").append(title).append("</h3>\n<ul>\n");
      names.forEach(name -> out.append("<li>").append(safe(name)).append("</li>\n"));
      out.append("</ul>\n");
    }
  }

  private static String safe(String text) {
    return StringEscapeUtils.escapeHtml4(text);
  }
}
