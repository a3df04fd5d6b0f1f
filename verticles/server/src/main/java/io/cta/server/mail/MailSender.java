package io.cta.server.mail;

import io.cta.server.outgoing.OutgoingAnswer;
import io.vertx.core.Future;

/** Brings letters to a mail server. Safe from any event loop. */
public interface MailSender {
  /**
   * Completes with the mail server's reply: its code of three digits as the status, and its words.
   * Fails with an {@link io.cta.server.outgoing.OutgoingFailure} when there is none.
   */
  Future<OutgoingAnswer> send(MailLetter letter);
}
