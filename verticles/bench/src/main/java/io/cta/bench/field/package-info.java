/**
 * Runs real test tools through CTA and compares CTA's totals with those that each tool prints. The
 * suites are in {@code src/field}, a directory for each tool.
 */
package io.cta.bench.field;
