/**
 * The machines: who is there, how they are, which sessions speak for them. Owns the fields of
 * machine documents that software sets, believes heartbeats more than memory, and ends the attempts
 * of machines that fell silent or forgot them. Does not decide which task goes where, and does not
 * authenticate.
 */
package io.cta.server.registration;
