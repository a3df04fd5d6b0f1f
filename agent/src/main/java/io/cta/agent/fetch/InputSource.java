package io.cta.agent.fetch;

import io.cta.domain.Repository;
import java.nio.file.Path;

/** Fetches inputs of one type. */
interface InputSource {
  /**
   * Fetches the input into a directory that exists.
   *
   * @param describe whether to find out what it was, which takes time; otherwise the answer is
   *     {@link FetchedVersion#NONE}
   */
  FetchedVersion fetch(Repository input, Path to, boolean describe, CommandRunner commands)
      throws FetchFailed, InterruptedException;

  /** Returns the value of a required field; fails when it is missing. */
  static String required(String type, String field, String value) throws FetchFailed {
    if (value == null || value.isBlank()) {
      throw new FetchFailed("an input of type " + type + " needs \"" + field + "\"");
    }
    return value;
  }
}
