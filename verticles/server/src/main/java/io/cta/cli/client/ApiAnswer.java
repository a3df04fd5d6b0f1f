package io.cta.cli.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a server, or something in front of it, answered to a request.
 *
 * @param headers finds the first value of a header by its name; null when there is none
 * @param repeated finds all values of a header by its name
 */
public record ApiAnswer(
    int status,
    UnaryOperator<String> headers,
    Function<String, List<String>> repeated,
    byte[] body) {

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.apply(name));
  }

  public List<String> all(String name) {
    return repeated.apply(name);
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
