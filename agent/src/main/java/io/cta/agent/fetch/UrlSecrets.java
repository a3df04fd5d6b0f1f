package io.cta.agent.fetch;

import java.util.regex.Pattern;

/** Hides user names and passwords in addresses, because many people read the texts about them. */
final class UrlSecrets {
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]*@");

  private UrlSecrets() {}

  static String hidden(String text) {
    return text == null ? null : USER_INFO.matcher(text).replaceAll("***@");
  }
}
