package io.cta.server.api.contract;

import java.util.List;

/** Thrown for input that breaks rules of the contract; lists everything that is wrong. */
public final class InvalidInput extends RuntimeException {
  private final transient List<FieldError> errors;

  public InvalidInput(List<FieldError> errors) {
    super(text(errors), null, false, false);
    this.errors = List.copyOf(errors);
  }

  public InvalidInput(String field, String rule) {
    this(List.of(new FieldError(field, rule)));
  }

  List<FieldError> errors() {
    return errors;
  }

  private static String text(List<FieldError> errors) {
    FieldError first = errors.get(0);
    String text = (first.field().isEmpty() ? "the body" : first.field()) + " " + first.rule();
    return errors.size() == 1 ? text : text + " (and " + (errors.size() - 1) + " more)";
  }
}
