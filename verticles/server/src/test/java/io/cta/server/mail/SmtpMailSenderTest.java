package io.cta.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.server.outgoing.OutgoingFailure;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.SelfSignedCertificate;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.subethamail.smtp.RejectException;

/** Letters reach a real mail server as they were written, over TLS or not at all. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SmtpMailSenderTest {
  private static final int LONGEST_LINE = 78;

  /**
   * The server in the test writes the one, the mail client of Vert.x the other, of 83 characters.
   */
  private static final Pattern FROM_OTHERS =
      Pattern.compile("Received:|Content-Type: multipart/alternative; boundary=");

  private final Vertx vertx = Vertx.vertx();
  private final SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
  private RecordingMailServer server;

  /** Held, because Vert.x closes a client that is no longer reachable. */
  private SmtpMailSender sender;

  @BeforeEach
  void start() throws Exception {
    server = new RecordingMailServer(vertx, certificate);
  }

  @AfterEach
  void stop() {
    server.close();
    vertx.close().await();
    certificate.delete();
  }

  @Test
  void aLetterArrivesAsItWasWritten() throws Exception {
    OutgoingAnswer answer = send(letter("Grün: ok 😀", "Hällo\n.\n..x\n", "<p>Hällo</p>\n"));
    assertEquals(250, answer.status());
    RecordingMailServer.Received got = server.received.get(0);
    assertEquals("cta@example.org", got.from());
    assertEquals("ann@example.org", got.to());
    MimeMessage read = parse(got);
    assertEquals("Grün: ok 😀", read.getSubject());
    assertEquals(List.of("<msg_1@example.org>"), List.of(read.getHeader("Message-ID")));
    assertEquals(List.of("auto-generated"), List.of(read.getHeader("Auto-Submitted")));
    assertEquals(Instant.parse("2026-11-29T10:00:00Z"), read.getSentDate().toInstant());
    Multipart parts = (Multipart) read.getContent();
    assertTrue(read.getContentType().startsWith("multipart/alternative"), read.getContentType());
    assertEquals("Hällo\r\n.\r\n..x", parts.getBodyPart(0).getContent());
    assertEquals("<p>Hällo</p>", parts.getBodyPart(1).getContent());
    isPlain(got.data());
  }

  @Test
  void aLineOfAMegabyteArrivesInShortOnes() throws Exception {
    String long1 = "x<é>".repeat(250_000);
    assertEquals(250, send(letter("s", long1, "<p>" + long1 + "</p>")).status());
    isPlain(server.received.get(0).data());
    Multipart parts = (Multipart) parse(server.received.get(0)).getContent();
    assertEquals(long1, parts.getBodyPart(0).getContent());
    assertEquals("<p>" + long1 + "</p>", parts.getBodyPart(1).getContent());
  }

  @Test
  void longPlainTextAndSubjectArriveInShortLines() throws Exception {
    String words = "plain words ".repeat(15).strip();
    send(letter(words, words + "\n.\n", "<p>" + words + "</p>"));
    isPlain(server.received.get(0).data());
    MimeMessage read = parse(server.received.get(0));
    assertEquals(words, read.getSubject());
    Multipart parts = (Multipart) read.getContent();
    assertEquals(words + "\r\n.\r\n\u00a0", parts.getBodyPart(0).getContent());
    assertEquals("<p>" + words + "</p>\u00a0", parts.getBodyPart(1).getContent());
  }

  @Test
  void aSubjectBeginsNoOtherHeader() throws Exception {
    send(letter("a\nBcc: eve@example.org\r\n\r\nbody\u0000", "t", "h"));
    RecordingMailServer.Received got = server.received.get(0);
    assertEquals("ann@example.org", got.to());
    assertEquals(1, got.head().lines().filter(line -> line.startsWith("Subject:")).count());
    assertEquals(0, got.head().lines().filter(line -> line.startsWith("Bcc:")).count());
    assertEquals("a Bcc: eve@example.org body", parse(got).getSubject());
    isPlain(got.data());
  }

  @Test
  void aReplyOfTheServerIsAnAnswerWithItsCodeAndWords() throws Exception {
    server.verdict =
        recipient -> {
          throw new RejectException(451, "greylisted, come again");
        };
    OutgoingAnswer later = send(letter("s", "t", "h"));
    assertEquals(451, later.status());
    assertTrue(later.text().contains("greylisted"), later.text());
    server.verdict =
        recipient -> {
          throw new RejectException(550, "no such person");
        };
    assertEquals(550, send(letter("s", "t", "h")).status());
    assertEquals(List.of(), server.received);
  }

  @Test
  void aWrongPasswordSaysSo() {
    sender = new SmtpMailSender(vertx, settings("localhost", server.port(), "wrong"));
    assertEquals(535, sender.send(letter("s", "t", "h")).await().status());
    assertEquals(List.of(), server.received);
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws Exception {
    server.close();
    SelfSignedCertificate other = SelfSignedCertificate.create("mail.example");
    try {
      server = new RecordingMailServer(vertx, other);
      sender =
          new SmtpMailSender(
              vertx,
              new MailSettings(
                  "localhost",
                  server.port(),
                  MailTls.STARTTLS,
                  Path.of(other.certificatePath()),
                  RecordingMailServer.USER,
                  RecordingMailServer.PASSWORD,
                  "cta@example.org"));
      failure(sender);
      assertEquals(List.of(), server.received);
    } finally {
      other.delete();
    }
  }

  @Test
  void withoutAnOfferOfTlsNothingIsSent() {
    List<String> heard = new CopyOnWriteArrayList<>();
    NetServer stripped = plain(heard, "250-x\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME\r\n");
    sender = new SmtpMailSender(vertx, settings("localhost", stripped.actualPort(), "p"));
    String why = failure(sender).getMessage();
    assertTrue(why.contains("STARTTLS"), why);
    assertFalse(String.join("", heard).contains("AUTH"), heard::toString);
    assertFalse(String.join("", heard).contains("MAIL"), heard::toString);
  }

  @Test
  void aHandshakeThatFailsIsTheEndAndNothingFollowsInPlain() {
    List<String> heard = new CopyOnWriteArrayList<>();
    NetServer broken = plain(heard, "250-x\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n");
    sender = new SmtpMailSender(vertx, settings("localhost", broken.actualPort(), "p"));
    failure(sender);
    assertTrue(String.join("", heard).contains("STARTTLS"), heard::toString);
    assertFalse(String.join("", heard).contains("AUTH"), heard::toString);
    assertFalse(String.join("", heard).contains("MAIL"), heard::toString);
  }

  @Test
  void aServerThatHangsUpIsNoAnswer() {
    NetServer rude =
        vertx
            .createNetServer()
            .connectHandler(socket -> socket.close())
            .listen(0, "127.0.0.1")
            .await();
    sender = new SmtpMailSender(vertx, settings("localhost", rude.actualPort(), "p"));
    failure(sender);
  }

  private NetServer plain(List<String> heard, String hello) {
    return vertx
        .createNetServer()
        .connectHandler(
            socket -> {
              socket.write("220 x\r\n");
              socket.handler(
                  said -> {
                    heard.add(said.toString());
                    boolean greets = said.toString().startsWith("EHLO");
                    socket.write(greets ? hello : "250 ok\r\n");
                  });
            })
        .listen(0, "127.0.0.1")
        .await();
  }

  private OutgoingAnswer send(MailLetter letter) {
    sender =
        new SmtpMailSender(
            vertx, settings("localhost", server.port(), RecordingMailServer.PASSWORD));
    return sender.send(letter).await();
  }

  private static OutgoingFailure failure(SmtpMailSender sender) {
    return assertThrows(OutgoingFailure.class, () -> sender.send(letter("s", "t", "h")).await());
  }

  private MailSettings settings(String host, int port, String password) {
    return new MailSettings(
        host,
        port,
        MailTls.STARTTLS,
        Path.of(certificate.certificatePath()),
        RecordingMailServer.USER,
        password,
        "cta@example.org");
  }

  private static MailLetter letter(String subject, String text, String html) {
    return new MailLetter(
        "ann@example.org", "msg_1", Instant.parse("2026-11-29T10:00:00Z"), subject, text, html);
  }

  private static MimeMessage parse(RecordingMailServer.Received got) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()), new ByteArrayInputStream(got.data()));
  }

  /** Each line ends in CR LF and is short. */
  private static void isPlain(byte[] data) {
    int begin = 0;
    for (int i = 0; i < data.length; i++) {
      if (data[i] == '\n') {
        assertTrue(i > 0 && data[i - 1] == '\r', "a bare LF at " + i);
        String line = new String(data, begin, i - 1 - begin, StandardCharsets.UTF_8);
        assertTrue(line.length() <= LONGEST_LINE || FROM_OTHERS.matcher(line).lookingAt(), line);
        begin = i + 1;
      }
    }
  }
}
