package io.cta.agent.artifact;

import io.cta.agent.journal.TaskJournal;
import io.cta.agent.output.OutputSpool;
import io.cta.masking.SecretMasker;
import io.cta.text.TextCut;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what is no result of a test, but what somebody should know: in the output, and to the server
 * with the end of the attempt. Threads that may block.
 */
public final class AttemptWarnings {
  private static final Logger log = LoggerFactory.getLogger(AttemptWarnings.class);
  private static final int MAX_WARNINGS = 40;
  private static final int MAX_CHARS = 400;

  private final TaskJournal journal;
  private final OutputSpool spool;
  private final SecretMasker masker;

  public AttemptWarnings(TaskJournal journal, OutputSpool spool, SecretMasker masker) {
    this.journal = journal;
    this.spool = spool;
    this.masker = masker;
  }

  /**
   * Says it; of very many warnings only the first go to the server, all are in the output.
   *
   * @param testId the test that it is about, or null
   */
  public void add(String testId, String text) {
    String clean = TextCut.shortened(oneLine(masker.mask(text)), MAX_CHARS);
    byte[] line = ("cta: " + clean + "\n").getBytes(StandardCharsets.UTF_8);
    spool.write(testId, line, 0, line.length);
    int known = journal.warnings().size();
    try {
      if (known < MAX_WARNINGS) {
        journal.warning(clean);
      } else if (known == MAX_WARNINGS) {
        journal.warning("more warnings are in the output of the task");
      }
    } catch (IOException e) {
      log.warn("a warning is only in the output [task: {}]", journal.run().ref(), e);
    }
  }

  /** A file's name must not write lines of its own, nor control a terminal. */
  private static String oneLine(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
