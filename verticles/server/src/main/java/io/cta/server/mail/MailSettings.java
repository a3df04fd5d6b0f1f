package io.cta.server.mail;

import java.nio.file.Path;

/**
 * Where letters go and how.
 *
 * @param trust file of certificates (PEM) to trust instead of the system's; null for the system's
 * @param user null for a server that takes mail without a login
 * @param from the sender's address
 */
public record MailSettings(
    String host, int port, MailTls tls, Path trust, String user, String password, String from) {}
