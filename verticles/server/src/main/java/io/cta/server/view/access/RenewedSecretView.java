package io.cta.server.view.access;

import io.cta.server.view.OutwardView;
import java.time.Duration;

/**
 * The answer to an agent that asks for its next secret.
 *
 * @param token the next secret, null when the agent has already saved the one it was given
 * @param settle how long to wait before it is clear which agent is the machine's, null for no wait
 */
public record RenewedSecretView(String name, String token, Duration settle)
    implements OutwardView {}
