package io.cta.broker.rabbitmq.connection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which certificates to trust when RabbitMQ is reached by TLS. Whether a certificate names the host
 * is always checked.
 *
 * @param trust a file with certificates in PEM form, or a PKCS#12 or JKS store; null for the
 *     system's
 * @param password of a store, or null
 */
public record TlsTrustSettings(Path trust, String password) {
  /** What Java itself trusts. */
  public static final TlsTrustSettings SYSTEM = new TlsTrustSettings(null, null);

  /** Reads the file; blocks. */
  SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new X509ExtendedTrustManager[] {trustManager()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /** Reads the file; blocks. */
  public X509ExtendedTrustManager trustManager() throws IOException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trust == null ? null : store());
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new IOException("certificates of " + trust + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return trust == null ? "the system's certificates" : trust.toString();
  }

  private KeyStore store() throws IOException, GeneralSecurityException {
    String name = trust.getFileName().toString().toLowerCase(Locale.ROOT);
    try (InputStream in = Files.newInputStream(trust)) {
      if (name.endsWith(".p12") || name.endsWith(".pfx") || name.endsWith(".jks")) {
        KeyStore store = KeyStore.getInstance(name.endsWith(".jks") ? "JKS" : "PKCS12");
        store.load(in, password == null ? null : password.toCharArray());
        return store;
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca" + store.size(), one);
      }
      if (store.size() == 0) {
        throw new IOException("no certificate in " + trust);
      }
      return store;
    }
  }
}
