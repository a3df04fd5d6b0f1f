package io.cta.agent.fetch;

import io.cta.domain.Repository;
import java.nio.file.Path;

/** A kind of place where inputs come from. */
interface InputSource {
  /** Brings the input into a directory that is there. */
  void fetch(Repository input, Path to, CommandRunner commands)
      throws FetchFailed, InterruptedException;

  /** A field that this kind cannot do without. */
  static String required(String type, String field, String value) throws FetchFailed {
    if (value == null || value.isBlank()) {
      throw new FetchFailed("an input of type " + type + " needs \"" + field + "\"");
    }
    return value;
  }
}
