package io.cta.bus;

/**
 * An object that travels over the event bus by reference, from one verticle of this node to another
 * one. It never leaves the JVM.
 *
 * @param value must not be changed by sender or receiver
 */
public record LocalMessage(Object value) {
  /** The value; a ClassCastException when it is of another type. */
  public <T> T as(Class<T> type) {
    return type.cast(value);
  }
}
