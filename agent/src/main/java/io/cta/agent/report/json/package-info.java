/**
 * Reads reports in JSON: Cucumber, CTRF, and what {@code go test -json} writes. Opens no files
 * itself.
 */
package io.cta.agent.report.json;
