/**
 * Takes or declines what the server asks of this machine. Decides; the running is done in {@code
 * run}.
 */
package io.cta.agent.intake;
