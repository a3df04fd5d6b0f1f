package io.cta.server.view.access;

import io.cta.server.view.View;
import java.time.Duration;

/**
 * The answer to an agent that asks for its next secret.
 *
 * @param token the next secret, null when the agent has kept the one it was given
 * @param settle how long to wait until it is clear who speaks for the machine, null for no time
 */
public record RenewedSecretView(String name, String token, Duration settle) implements View {}
