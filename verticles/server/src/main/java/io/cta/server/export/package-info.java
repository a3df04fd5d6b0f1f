/**
 * Writes executions in the formats of other programs: JUnit XML, CSV, JSON, CTRF, Atom, badges.
 * Takes views, and is pure.
 */
package io.cta.server.export;
