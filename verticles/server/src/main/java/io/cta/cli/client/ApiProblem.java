package io.cta.cli.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer that is an error (RFC 9457).
 *
 * @param errors the fields at fault, may be empty
 * @param ours false when the answer is not from a CTA server but from something in front of it
 */
public record ApiProblem(int status, String detail, List<FieldError> errors, boolean ours) {

  /** A field and the rule it breaks. */
  public record FieldError(String field, String rule) {}

  public static ApiProblem of(int status, String body) {
    try {
      JsonObject json = new JsonObject(body);
      List<FieldError> errors = new ArrayList<>();
      for (Object item : json.getJsonArray("errors", new JsonArray())) {
        if (item instanceof JsonObject error) {
          errors.add(new FieldError(error.getString("field", ""), error.getString("rule", "")));
        }
      }
      return new ApiProblem(
          status, json.getString("detail", "HTTP " + status), List.copyOf(errors), true);
    } catch (DecodeException | ClassCastException e) {
      return new ApiProblem(status, "HTTP " + status, List.of(), false);
    }
  }

  /**
   * Whether the error may pass by waiting: a server that starts or has a fault, too many requests,
   * or a proxy that answers in place of the server, even with 404.
   */
  boolean temporary() {
    return status >= 500
        || status == 408
        || status == 425
        || status == 429
        || status == 404 && !ours;
  }

  public CliFailure failure() {
    String hint =
        status == 401 ? "; give a valid token with --token, CTA_TOKEN or ~/.config/cta/token" : "";
    return new CliFailure(ExitCode.ofStatus(status), detail + hint);
  }
}
