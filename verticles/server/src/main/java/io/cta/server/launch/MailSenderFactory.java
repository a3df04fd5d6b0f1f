package io.cta.server.launch;

import io.cta.server.config.SecretValue;
import io.cta.server.config.ServerConfig;
import io.cta.server.mail.MailSender;
import io.cta.server.mail.MailSettings;
import io.cta.server.mail.SmtpMailSender;
import io.cta.server.outgoing.OutgoingFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Creates what sends e-mail, from the configuration. */
final class MailSenderFactory {
  private MailSenderFactory() {}

  static MailSender of(Vertx vertx, ServerConfig.Mail mail) {
    if (mail.host().isEmpty()) {
      return letter ->
          Future.failedFuture(new OutgoingFailure("mail.host is not set on this server"));
    }
    return new SmtpMailSender(
        vertx,
        new MailSettings(
            mail.host().get(),
            mail.port(),
            mail.tls(),
            mail.trust().orElse(null),
            mail.user().orElse(null),
            mail.password().map(SecretValue::value).orElse(null),
            mail.from().orElseThrow()));
  }
}
