package io.cta.cli.mcp;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;

/**
 * Keeps the standard output for the protocol: one foreign line, of a library or a warning, and a
 * client gives the server up.
 */
public final class StandardOutput {
  private StandardOutput() {}

  /** Sends whatever else is printed to standard error; to be called before anything prints. */
  public static void reserve() {
    System.setOut(System.err);
  }

  /** The output itself. */
  static OutputStream real() {
    return new FileOutputStream(FileDescriptor.out);
  }
}
