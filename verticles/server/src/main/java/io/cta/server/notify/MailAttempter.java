package io.cta.server.notify;

import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.server.mail.MailLetter;
import io.cta.server.mail.MailSender;
import io.cta.server.notify.mail.MailContent;
import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.server.store.VersionedEntity;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes one attempt of one letter to one person. A reply of 4xx and a lost connection are tried
 * again for a day, 5xx is final (RFC 5321, 4.2.1), but for those about the login: they are of this
 * server's settings, not of the letter. Event loop of its verticle only.
 */
final class MailAttempter {
  private static final Set<Integer> OF_THE_LOGIN = Set.of(530, 534, 535, 538);

  private final MailSender sender;
  private final AttemptWriter attempts;
  private final TimeSource time;

  MailAttempter(MailSender sender, AttemptWriter attempts, TimeSource time) {
    this.sender = sender;
    this.attempts = attempts;
    this.time = time;
  }

  /** Completes with how long until the next look at it; empty when there is none. */
  Future<Optional<Duration>> attempt(VersionedEntity<Delivery> mine) {
    Delivery delivery = mine.value();
    MailContent content = MailContent.decode(delivery.body());
    Instant begun = time.now();
    long nanos = time.nanos();
    return sender
        .send(
            new MailLetter(
                delivery.channelName(),
                delivery.messageId(),
                delivery.createdAt(),
                content.subject(),
                content.text(),
                content.html()))
        .transform(
            sent -> {
              long millis = Duration.ofNanos(time.nanos() - nanos).toMillis();
              OutgoingAnswer reply = sent.result();
              DeliveryAttempt attempt =
                  sent.succeeded()
                      ? new DeliveryAttempt(begun, reply.status(), reply.text(), millis)
                      : new DeliveryAttempt(begun, null, sent.cause().getMessage(), millis);
              return attempts.store(
                  mine,
                  DeliverySchedule.afterMail(
                      delivery,
                      attempt,
                      sent.succeeded() && reply.success(),
                      isFinal(attempt),
                      ThreadLocalRandom.current().nextDouble(),
                      time.now()));
            });
  }

  private static boolean isFinal(DeliveryAttempt attempt) {
    return attempt.status() != null
        && attempt.status() >= 500
        && !OF_THE_LOGIN.contains(attempt.status());
  }
}
