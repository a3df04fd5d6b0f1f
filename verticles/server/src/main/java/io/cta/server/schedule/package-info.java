/**
 * Starts scenarios by the clock. What fires is a schedule document, and each firing is claimed by
 * moving its {@code nextAt} with compare-and-set, so it fires once however many look. A scenario's
 * own rule is kept as such a document too, with id {@code scenario-<id>} and name {@code scenario
 * <name>}. Firings missed while no server ran are made up for by one. Does not know how an
 * execution is started.
 */
package io.cta.server.schedule;
