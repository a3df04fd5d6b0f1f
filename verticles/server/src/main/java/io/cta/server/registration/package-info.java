/**
 * Tracks the machines: presence, health, the agent's session. Owns the fields of machine documents
 * that software sets, trusts heartbeats over its own state, and ends the attempts of machines that
 * fell silent or forgot them. Does not decide which task goes where, and does not authenticate.
 */
package io.cta.server.registration;
