/** Readers of reports in JSON: Cucumber, CTRF, and what {@code go test -json} writes. */
package io.cta.agent.report.json;
