package io.cta.glob;

import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Parses the characters in brackets, such as {@code [a-z]} or {@code [!0-9]}; they never match a
 * slash.
 */
final class GlobCharacterClass {
  private final String glob;
  private int at;

  /**
   * @param at the place after the opening bracket
   */
  GlobCharacterClass(String glob, int at) {
    this.glob = glob;
    this.at = at;
  }

  /**
   * @param end is given the place after the closing bracket
   */
  IntPredicate parse(IntConsumer end) {
    boolean not = peek() == '!' || peek() == '^';
    at += not ? 1 : 0;
    IntPredicate any = c -> false;
    for (int n = 0; n == 0 || peek() != ']'; n++) {
      int low = next();
      int high = low;
      if (peek() == '-' && at + 1 < glob.length() && glob.charAt(at + 1) != ']') {
        at++;
        high = next();
      }
      any = any.or(range(low, high));
    }
    end.accept(at + 1);
    IntPredicate chosen = not ? any.negate() : any;
    return c -> c != '/' && chosen.test(c);
  }

  private static IntPredicate range(int low, int high) {
    if (high < low) {
      throw new IllegalArgumentException("has a range in brackets that ends before it begins");
    }
    return c -> c >= low && c <= high;
  }

  private int next() {
    if (peek() == '\\') {
      at++;
    }
    int c = peek();
    if (c < 0) {
      throw new IllegalArgumentException("has a [ without its ]");
    }
    at += Character.charCount(c);
    return c;
  }

  private int peek() {
    return at < glob.length() ? glob.codePointAt(at) : -1;
  }
}
