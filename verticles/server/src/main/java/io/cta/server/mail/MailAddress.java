package io.cta.server.mail;

import java.util.regex.Pattern;

/**
 * Addresses of people. What is taken is what browsers take in a field of type email (HTML, "Valid
 * e-mail address"): no comments, no quotes, ASCII alone. Pure.
 */
public final class MailAddress {
  private static final int MAX_CHARS = 254;
  private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@" + LABEL + "(\\." + LABEL + ")*");

  private MailAddress() {}

  public static boolean is(String text) {
    return text.length() <= MAX_CHARS && FORM.matcher(text).matches();
  }

  static String domain(String address) {
    return address.substring(address.indexOf('@') + 1);
  }
}
