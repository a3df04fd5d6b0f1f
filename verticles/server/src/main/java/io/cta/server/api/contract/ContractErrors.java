package io.cta.server.api.contract;

import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates the errors of the contract's validator into fields and rules. */
public final class ContractErrors {
  private static final Pattern PARAMETER = Pattern.compile("parameter (\\S+)");

  private final ApiContract contract;

  public ContractErrors(ApiContract contract) {
    this.contract = contract;
  }

  List<FieldError> of(ValidatorException failure) {
    Matcher m = PARAMETER.matcher(String.valueOf(failure.getMessage()));
    String parameter = m.find() ? m.group(1) : "";
    if (failure instanceof SchemaValidationException schema && schema.getOutputUnit() != null) {
      List<FieldError> errors = SchemaErrors.of(schema.getOutputUnit(), contract.whole());
      return parameter.isEmpty() ? errors : errors.stream().map(e -> e.below(parameter)).toList();
    }
    return switch (failure.type()) {
      case MISSING_REQUIRED_PARAMETER ->
          List.of(new FieldError(parameter, parameter.isEmpty() ? "is missing" : "is required"));
      default -> List.of(new FieldError(parameter, "has the wrong form"));
    };
  }
}
