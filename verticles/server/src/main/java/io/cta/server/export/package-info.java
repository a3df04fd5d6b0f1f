/**
 * Writes executions in the formats of other programs: JUnit XML, CSV, JSON, CTRF, Atom, badges. The
 * writers take views, and are pure.
 */
package io.cta.server.export;
