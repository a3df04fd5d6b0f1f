package io.cta.agent.report.file;

import io.cta.agent.report.CaseSink;
import io.cta.agent.report.TestCase;

/** Keeps what a sink throws apart from what reading throws. */
final class SinkGuard implements CaseSink {
  private final CaseSink sink;

  SinkGuard(CaseSink sink) {
    this.sink = sink;
  }

  @Override
  public void take(TestCase one) {
    try {
      sink.take(one);
    } catch (RuntimeException e) {
      throw new Failed(e);
    }
  }

  /** Carries a sink's failure past the readers; no reader catches it. */
  static final class Failed extends Error {
    private static final long serialVersionUID = 1;

    private final RuntimeException cause;

    Failed(RuntimeException cause) {
      super(null, cause, false, false);
      this.cause = cause;
    }

    RuntimeException cause() {
      return cause;
    }
  }
}
