/**
 * The things that CTA is about, as immutable records whose constructors check the rules of a single
 * value. How they change over time is in {@code io.cta.state}.
 */
package io.cta.domain;
