package io.cta.agent.report.file;

import com.fasterxml.jackson.core.io.JsonEOFException;
import io.cta.agent.report.CaseSink;
import io.cta.agent.report.ReportFault;
import io.cta.agent.report.ReportTrouble;
import io.cta.agent.report.TextSanitizer;
import io.cta.agent.report.TextSource;
import io.cta.agent.report.json.CtrfReader;
import io.cta.agent.report.json.CucumberReader;
import io.cta.agent.report.json.GoTestReader;
import io.cta.agent.report.tap.TapReader;
import io.cta.agent.report.xml.XmlReportReader;
import io.cta.masking.MaskedInput;
import io.cta.masking.SecretMasker;
import io.cta.text.TextCut;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.function.BooleanSupplier;

/**
 * Reads one report file. Every fault of the file becomes a trouble; only what the sink itself
 * throws leaves as an exception.
 */
public final class ReportFileReader {
  private static final long MAX_BYTES = 256L << 20;

  private final BooleanSupplier stop;
  private final long maxBytes;
  private final SecretMasker secrets;

  /**
   * @param stop asked while reading; once it returns true, reading ends
   * @param secrets hidden before anything of the file is cut or kept
   */
  public ReportFileReader(BooleanSupplier stop, SecretMasker secrets) {
    this(stop, secrets, MAX_BYTES);
  }

  ReportFileReader(BooleanSupplier stop, SecretMasker secrets, long maxBytes) {
    this.stop = stop;
    this.secrets = secrets;
    this.maxBytes = maxBytes;
  }

  /** Reads a file; null when nothing is wrong with it. What could be read counts in any case. */
  public ReportTrouble read(ReportFile file, CaseSink sink) {
    try {
      readByFormat(file, new SinkGuard(sink));
      return null;
    } catch (SinkGuard.Failed e) {
      throw e.cause();
    } catch (ReportFault e) {
      return trouble(file, e.reason(), e.getMessage());
    } catch (TooLargeFile e) {
      return trouble(file, ReportTrouble.TOO_LARGE, e.getMessage());
    } catch (InterruptedIOException e) {
      return trouble(file, ReportTrouble.UNREADABLE, e.getMessage());
    } catch (JsonEOFException e) {
      return trouble(file, ReportTrouble.TRUNCATED, "it ends in the middle");
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      return trouble(file, ReportTrouble.UNREADABLE, text(e));
    }
  }

  private void readByFormat(ReportFile file, CaseSink sink) throws IOException, ReportFault {
    TextSource source = () -> open(file);
    String beginning = beginning(source);
    if (beginning.isBlank()) {
      throw ReportFault.truncated("it is empty");
    }
    ReportFormat found = FormatDetector.detect(beginning);
    ReportFormat format = found == null ? ReportFormat.ofKey(file.key()) : found;
    if (format == null) {
      throw ReportFault.unreadable("its format is none that is read");
    }
    switch (format) {
      case XML -> new XmlReportReader().read(source, sink);
      case CUCUMBER -> new CucumberReader().read(source, sink);
      case CTRF -> new CtrfReader().read(source, sink);
      case GO_TEST -> new GoTestReader(sink).read(source);
      case TAP -> new TapReader(file.name(), sink).read(source);
    }
  }

  private Reader open(ReportFile file) throws IOException {
    InputStream in = new LimitedInput(Files.newInputStream(file.path()), maxBytes, stop);
    return TextDecoder.decode(MaskedInput.of(in, secrets));
  }

  private static String beginning(TextSource source) throws IOException {
    char[] chars = new char[FormatDetector.HEAD_CHARS];
    int n = 0;
    try (Reader in = source.open()) {
      for (int more = 0; more >= 0 && n < chars.length; n += Math.max(more, 0)) {
        more = in.read(chars, n, chars.length - n);
      }
    }
    return new String(chars, 0, n);
  }

  private static ReportTrouble trouble(ReportFile file, String reason, String text) {
    return new ReportTrouble(reason, TextSanitizer.clean(file.name() + ": " + text));
  }

  private static String text(Throwable e) {
    if (e instanceof OutOfMemoryError || e instanceof StackOverflowError) {
      return "it takes too much memory to read";
    }
    if (e instanceof FileSystemException) {
      return "it cannot be opened";
    }
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return TextCut.shortened(text.replaceAll("\\s+", " "), 300);
  }
}
