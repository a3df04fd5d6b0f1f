package io.cta.server.api.contract;

import java.util.List;

/**
 * What an operation takes.
 *
 * @param body null if it takes no body of JSON
 * @param bytes true if it takes a body of bytes, which its handler reads as they come
 */
public record OperationInput(
    List<OperationParameter> parameters,
    SchemaValidator body,
    boolean bodyRequired,
    boolean bytes) {
  /**
   * A parameter, as it is written in the contract.
   *
   * @param in header, path or query
   * @param type integer, boolean, string, or array for an array of strings
   */
  public record OperationParameter(
      String name, String in, String type, boolean required, SchemaValidator validator) {}

  public OperationInput {
    parameters = List.copyOf(parameters);
  }

  /** True if the operation has a query parameter of that name. */
  public boolean takesQuery(String name) {
    return parameters.stream().anyMatch(p -> p.in().equals("query") && p.name().equals(name));
  }
}
