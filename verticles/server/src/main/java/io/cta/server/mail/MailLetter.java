package io.cta.server.mail;

import java.time.Instant;

/**
 * One letter to one person.
 *
 * @param id the same for each attempt; of letters, digits and {@code _}
 * @param date when it was written
 * @param text what programs show that show no HTML
 */
public record MailLetter(
    String to, String id, Instant date, String subject, String text, String html) {}
