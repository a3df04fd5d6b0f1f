/**
 * Runs real test tools through CTA and compares its totals with what each tool says itself. The
 * suites stand in {@code src/field}, a directory for each tool.
 */
package io.cta.bench.field;
