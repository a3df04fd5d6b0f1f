package io.cta.server.mail;

import io.vertx.core.Vertx;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** A real mail server on loopback that wants STARTTLS and a login, and keeps what it gets. */
public final class RecordingMailServer implements AutoCloseable {
  public static final String USER = "cta";
  public static final String PASSWORD = "a password, in mail";

  /** One letter as it came. */
  public record Received(String from, String to, byte[] data) {
    public String text() {
      return new String(data, StandardCharsets.UTF_8);
    }

    public String head() {
      return text().substring(0, text().indexOf("\r\n\r\n"));
    }
  }

  /** What is said to a recipient. */
  public interface Verdict {
    void on(String recipient) throws RejectException;
  }

  public final List<Received> received = new CopyOnWriteArrayList<>();
  public volatile Verdict verdict = recipient -> {};
  private final SMTPServer server;

  public RecordingMailServer(Vertx vertx, SelfSignedCertificate certificate) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        certificate.keyCertOptions().getKeyManagerFactory(vertx).getKeyManagers(), null, null);
    server =
        SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            .requireTLS()
            .startTlsSocketFactory(context)
            .requireAuth()
            .authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory(
                    (user, password, session) -> {
                      if (!user.equals(USER) || !password.equals(PASSWORD)) {
                        throw new LoginFailedException();
                      }
                    }))
            .messageHandlerFactory(Handler::new)
            .build();
    server.start();
  }

  public int port() {
    return server.getPortAllocated();
  }

  @Override
  public void close() {
    server.stop();
  }

  private final class Handler implements MessageHandler {
    private String from;
    private String to;

    Handler(MessageContext context) {}

    @Override
    public void from(String address) {
      from = address;
    }

    @Override
    public void recipient(String address) throws RejectException {
      verdict.on(address);
      to = to == null ? address : to + "," + address;
    }

    @Override
    public String data(InputStream in) throws IOException {
      received.add(new Received(from, to, in.readAllBytes()));
      return null;
    }

    @Override
    public void done() {}
  }
}
