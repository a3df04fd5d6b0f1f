/**
 * Starts scenarios by the clock. Each schedule is a document, and each firing is claimed by moving
 * its {@code nextAt} with compare-and-set, so it fires once however many servers check it. A
 * scenario's own rule is also such a document, with id {@code scenario-<id>} and name {@code
 * scenario <name>}. All firings missed while no server ran are replaced by one. Does not know how
 * an execution is started.
 */
package io.cta.server.schedule;
