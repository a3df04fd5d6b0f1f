/**
 * Handles the server's commands: takes or declines tasks, stops them, joins and leaves group
 * queues. Only decides: {@code run} runs the attempts, {@code outbox} sends their events.
 */
package io.cta.agent.intake;
