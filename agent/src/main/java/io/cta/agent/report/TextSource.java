package io.cta.agent.report;

import java.io.IOException;
import java.io.Reader;

/** Opens the text of a report, from its beginning each time. */
@FunctionalInterface
public interface TextSource {
  Reader open() throws IOException;
}
