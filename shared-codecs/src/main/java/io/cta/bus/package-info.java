/**
 * What the parts of the server say to each other: addresses, what travels on them, and the way to
 * serve, ask and announce. Knows none of the parts.
 */
package io.cta.bus;
