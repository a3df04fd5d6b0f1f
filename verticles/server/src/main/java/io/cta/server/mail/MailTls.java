package io.cta.server.mail;

/** How the connection to a mail server is kept from others. */
public enum MailTls {
  /** Begins in the clear; nothing but the wish for TLS is sent before it. */
  STARTTLS,

  /** TLS from the first byte. */
  TLS,

  /** In the clear, without a login. */
  NONE
}
