package io.cta.agent.fetch;

import java.util.regex.Pattern;

/** Hides what an address carries for logging in: texts about it are read by many. */
final class UrlSecrets {
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]*@");

  private UrlSecrets() {}

  static String hidden(String text) {
    return text == null ? null : USER_INFO.matcher(text).replaceAll("***@");
  }
}
