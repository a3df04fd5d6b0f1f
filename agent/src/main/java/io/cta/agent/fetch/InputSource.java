package io.cta.agent.fetch;

import io.cta.domain.Repository;
import java.nio.file.Path;

/** Fetches inputs of one type. */
interface InputSource {
  /** Fetches the input into a directory that exists, and says what it was. */
  FetchedVersion fetch(Repository input, Path to, CommandRunner commands)
      throws FetchFailed, InterruptedException;

  /** Returns the value of a required field; fails when it is missing. */
  static String required(String type, String field, String value) throws FetchFailed {
    if (value == null || value.isBlank()) {
      throw new FetchFailed("an input of type " + type + " needs \"" + field + "\"");
    }
    return value;
  }
}
