package io.cta.server.mail;

import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.server.outgoing.OutgoingFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends by SMTP (RFC 5321), over a connection of its own for each letter. */
public final class SmtpMailSender implements MailSender {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int IDLE_SECONDS = 60;
  private static final int MAX_SECONDS = 120;
  private static final int MAX_CONNECTIONS = 4;
  private static final int ACCEPTED = 250;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final MailSettings settings;
  private final MailClient client;

  public SmtpMailSender(Vertx vertx, MailSettings settings) {
    this.settings = settings;
    this.client = MailClient.create(vertx, config(settings));
  }

  /** The name of the certificate is checked, because the option that names how is left alone. */
  private static MailConfig config(MailSettings s) {
    MailConfig config =
        new MailConfig()
            .setHostname(s.host())
            .setPort(s.port())
            .setSsl(s.tls() == MailTls.TLS)
            .setStarttls(
                s.tls() == MailTls.STARTTLS ? StartTLSOptions.REQUIRED : StartTLSOptions.DISABLED)
            .setLogin(s.user() == null ? LoginOption.DISABLED : LoginOption.REQUIRED)
            .setOwnHostname(MailAddress.domain(s.from()))
            .setUserAgent("CTA")
            .setKeepAlive(false)
            .setMaxPoolSize(MAX_CONNECTIONS)
            .setConnectTimeout(CONNECT_MILLIS)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    if (s.user() != null) {
      config.setUsername(s.user()).setPassword(s.password());
    }
    if (s.trust() != null) {
      config.setTrustOptions(new PemTrustOptions().addCertPath(s.trust().toString()));
    }
    return config;
  }

  @Override
  public Future<OutgoingAnswer> send(MailLetter letter) {
    return client
        .sendMail(message(letter))
        .timeout(MAX_SECONDS, TimeUnit.SECONDS)
        .map(sent -> new OutgoingAnswer(ACCEPTED, null, null, "accepted"))
        .recover(SmtpMailSender::answer);
  }

  private MailMessage message(MailLetter letter) {
    return new MailMessage()
        .setFrom(settings.from())
        .setTo(letter.to())
        .setText(MailText.body(letter.text()))
        .setHtml(MailText.body(letter.html()))
        .addHeader("Subject", MailText.header("Subject", letter.subject()))
        .addHeader(
            "Message-ID", "<" + letter.id() + "@" + MailAddress.domain(settings.from()) + ">")
        .addHeader("Date", DATE.format(letter.date()))
        .addHeader("Auto-Submitted", "auto-generated");
  }

  /** A reply of the server is an answer; everything else is none. */
  private static Future<OutgoingAnswer> answer(Throwable e) {
    if (e instanceof SMTPException smtp && smtp.getReplyCode() > 0) {
      String words = MailText.line(String.join(" ", smtp.getReplyMessages()));
      return Future.succeededFuture(new OutgoingAnswer(smtp.getReplyCode(), null, null, words));
    }
    String why =
        e instanceof TimeoutException
            ? "no answer in " + MAX_SECONDS + " s"
            : e.getMessage() == null ? e.toString() : e.getMessage();
    return Future.failedFuture(new OutgoingFailure("the mail server: " + MailText.line(why)));
  }
}
