package io.cta.server.view.definitions;

/**
 * A field of a definition that differs, with values of the definition's own view.
 *
 * @param field its path, for example {@code stages[0].timeout}
 * @param from null when the field is new
 * @param to null when the field goes away
 */
public record FieldChangeView(String field, Object from, Object to) {}
