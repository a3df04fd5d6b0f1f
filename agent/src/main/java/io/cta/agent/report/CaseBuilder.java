package io.cta.agent.report;

import io.cta.domain.CaseDetails;
import io.cta.domain.CaseDetailsBuilder;
import io.cta.domain.Result;
import io.cta.text.TextCut;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds a case from what its report says, in any order. The worst result counts, and every text is
 * bounded. One builder makes one case.
 */
public final class CaseBuilder {
  /** The limit of a message. */
  public static final int MAX_MESSAGE_CHARS = 4_000;

  private static final int MAX_TRACE_CHARS = 12_000;
  private static final int MAX_SUITE_CHARS = 400;
  private static final int MAX_NAME_CHARS = 250;
  private static final int MAX_VALUE_CHARS = 500;
  private static final int MAX_ENTRIES = 20;
  private static final Pattern ATTACHMENT = Pattern.compile("\\[\\[ATTACHMENT\\|([^\\]|]{1,1000})");

  private String suite;
  private String className;
  private String name;
  private final TextBuffer message = new TextBuffer(MAX_MESSAGE_CHARS);
  private final TextBuffer reason = new TextBuffer(MAX_MESSAGE_CHARS);
  private final TextBuffer trace = new TextBuffer(MAX_TRACE_CHARS / 2, MAX_TRACE_CHARS / 2);
  private final TextBuffer stdout = output();
  private final TextBuffer stderr = output();
  private final Map<String, String> properties = new LinkedHashMap<>();
  private final List<String> attachments = new ArrayList<>();
  private final List<String> reruns = new ArrayList<>();
  private boolean failed;
  private boolean doubtful;
  private boolean skipped;
  private boolean again;
  private boolean todo;
  private Long durationMs;
  private String file;
  private Integer line;
  private String type;

  public CaseBuilder(String suite, String className, String name) {
    identity(suite, className, name);
  }

  /** A case whose name is read after its result. */
  public CaseBuilder() {
    this(null, null, null);
  }

  public void identity(String suite, String className, String name) {
    this.suite =
        TextSanitizer.distinct(TextSanitizer.orNull(TextSanitizer.clean(suite)), MAX_SUITE_CHARS);
    this.className =
        TextSanitizer.distinct(
            TextSanitizer.orNull(TextSanitizer.clean(className)), MAX_NAME_CHARS);
    String known = TextSanitizer.orNull(TextSanitizer.clean(name));
    this.name = known == null ? "(unnamed)" : TextSanitizer.distinct(known, MAX_NAME_CHARS);
  }

  /** A buffer of the size that is kept of a case's output. */
  public static TextBuffer output() {
    return new TextBuffer(2_000, 6_000);
  }

  public CaseBuilder failed(String text, String body) {
    failed = true;
    appendTexts(message, text, body);
    return this;
  }

  /** The case neither passed nor failed, and is inconclusive. */
  public CaseBuilder doubtful(String text, String body) {
    doubtful = true;
    appendTexts(reason, text, body);
    return this;
  }

  public CaseBuilder skipped(String text, String body) {
    skipped = true;
    appendTexts(reason, text, body);
    return this;
  }

  /** The case is not finished yet, so its failure is expected. */
  public CaseBuilder todo(String text, String body) {
    todo = true;
    return skipped(text, body);
  }

  /** Adds the failure of an earlier run of this case. */
  public CaseBuilder rerun(String text, String body) {
    TextBuffer run = new TextBuffer(MAX_MESSAGE_CHARS / 4);
    appendTexts(run, text, body);
    if (reruns.size() < MAX_ENTRIES) {
      String said = run.text();
      reruns.add(said == null ? "failed" : said);
    }
    return this;
  }

  /** The case replaces a failed one that was read before. */
  public CaseBuilder again(List<String> failures) {
    again = true;
    failures.forEach(c -> rerun(c, null));
    return this;
  }

  public CaseBuilder duration(Long millis) {
    durationMs = millis;
    return this;
  }

  public CaseBuilder source(String path, String number) {
    file = TextCut.shortened(TextSanitizer.orNull(TextSanitizer.clean(path)), MAX_VALUE_CHARS);
    if (number != null && number.matches("[0-9]{1,9}") && !number.matches("0+")) {
      line = Integer.valueOf(number);
    }
    return this;
  }

  public CaseBuilder type(String word) {
    type =
        type == null
            ? TextCut.shortened(TextSanitizer.orNull(TextSanitizer.clean(word)), MAX_VALUE_CHARS)
            : type;
    return this;
  }

  public CaseBuilder stdout(String text) {
    return output(stdout, text);
  }

  public CaseBuilder stderr(String text) {
    return output(stderr, text);
  }

  public CaseBuilder property(String key, String value) {
    if (key == null || value == null || key.isBlank()) {
      return this;
    }
    if (key.equals("attachment")) {
      return attachment(value);
    }
    if (properties.size() < MAX_ENTRIES) {
      properties.put(
          TextCut.shortened(TextSanitizer.clean(key), 100),
          TextCut.shortened(TextSanitizer.clean(value), MAX_VALUE_CHARS));
    }
    return this;
  }

  public CaseBuilder attachment(String path) {
    if (TextSanitizer.orNull(path) != null && attachments.size() < MAX_ENTRIES) {
      attachments.add(TextCut.shortened(TextSanitizer.clean(path.strip()), MAX_VALUE_CHARS));
    }
    return this;
  }

  public boolean hasFailed() {
    return failed;
  }

  /** Whether the case failed, is doubtful or was skipped. */
  public boolean isNotPassed() {
    return failed || doubtful || skipped;
  }

  public TestCase build() {
    boolean bad = failed && !todo;
    Result result = bad ? Result.FAILED : doubtful || skipped ? Result.INCONCLUSIVE : Result.OK;
    String said = bad ? message.text() : reason.text();
    if (bad && said == null) {
      said = TextCut.shortened(stderr.isEmpty() ? stdout.text() : stderr.text(), MAX_MESSAGE_CHARS);
    }
    boolean flaky = result == Result.OK && !reruns.isEmpty();
    return TestCaseBuilder.builder()
        .suite(suite)
        .className(className)
        .name(name)
        .result(result)
        .skipped(skipped && !bad && !doubtful)
        .flaky(flaky)
        .again(again)
        .message(said)
        .durationMs(durationMs)
        .details(details())
        .build();
  }

  private CaseDetails details() {
    String more = trace.text();
    CaseDetails details =
        CaseDetailsBuilder.builder()
            .file(file)
            .line(line)
            .type(type)
            .trace(more)
            .stdout(stdout.text())
            .stderr(stderr.text())
            .properties(properties)
            .attachments(attachments)
            .reruns(reruns)
            .build();
    CaseDetails none = CaseDetailsBuilder.builder().build();
    return details.equals(none) ? null : details;
  }

  private CaseBuilder output(TextBuffer into, String text) {
    if (text != null) {
      into.append(into.isEmpty() ? "" : "\n").append(text);
      Matcher paths = ATTACHMENT.matcher(text);
      while (paths.find()) {
        attachment(paths.group(1));
      }
    }
    return this;
  }

  /**
   * Appends message and text, only the text when it contains the message; what has no room there
   * goes to the trace.
   */
  private void appendTexts(TextBuffer into, String text, String body) {
    String first = text == null ? "" : text.strip();
    String second = body == null ? "" : body.strip();
    boolean once = !second.isEmpty() && (isGeneric(first) || second.contains(first));
    String all = once ? second : second.isEmpty() ? first : first + "\n" + second;
    into.append(into.isEmpty() || all.isEmpty() ? "" : "\n\n").append(all);
    if (into == message && all.length() > MAX_MESSAGE_CHARS) {
      trace.append(second.isEmpty() ? first : second);
    }
  }

  /** Whether a message says nothing but that something failed. */
  private static boolean isGeneric(String text) {
    return text.isEmpty() || text.matches("(?i)failed|failure|error");
  }
}
