package io.cta.agent.report;

import java.io.IOException;

/** Takes cases one by one, as they are read. */
@FunctionalInterface
public interface CaseSink {
  void take(Case one) throws IOException;
}
