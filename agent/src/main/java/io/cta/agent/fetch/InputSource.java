package io.cta.agent.fetch;

import io.cta.domain.Repository;
import java.nio.file.Path;

/** Fetches inputs of one type. */
interface InputSource {
  /** Fetches the input into an empty directory, from which it is moved into its place. */
  FetchedVersion fetch(Repository input, Path into, FetchContext context)
      throws FetchFailed, InterruptedException;

  /** Called when the input is in its place. */
  default void placed(Path place, FetchContext context) throws FetchFailed, InterruptedException {}

  /** Returns the value of a required field; fails when it is missing. */
  static String required(String type, String field, String value) throws FetchFailed {
    if (value == null || value.isBlank()) {
      throw new FetchFailed("an input of type " + type + " needs \"" + field + "\"");
    }
    return value;
  }
}
