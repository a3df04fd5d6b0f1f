package io.cta.agent.report;

/** Takes cases one by one, as they are read. */
@FunctionalInterface
public interface CaseSink {
  void take(TestCase one);
}
