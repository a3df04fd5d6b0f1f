/**
 * What CTA is about, as immutable records whose constructors hold the rules of a single value. What
 * happens to them over time is in {@code io.cta.state}.
 */
package io.cta.domain;
