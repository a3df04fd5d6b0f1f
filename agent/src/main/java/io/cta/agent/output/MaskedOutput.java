package io.cta.agent.output;

import io.cta.masking.OutputMasker;
import io.cta.masking.SecretMasker;

/** The output of one process on its way to the spool, without secrets. One thread only. */
public final class MaskedOutput {
  private final OutputMasker masker;

  /**
   * @param testId the test that the process belongs to, null for the task as a whole
   */
  public MaskedOutput(OutputSpool spool, String testId, SecretMasker secrets) {
    masker = secrets.stream((bytes, from, length) -> spool.write(testId, bytes, from, length));
  }

  void write(byte[] bytes, int length) {
    masker.write(bytes, 0, length);
  }

  /** Writes what was held back: the process writes nothing more. */
  void end() {
    masker.end();
  }
}
