/**
 * How the parts of the server talk to each other: bus addresses, the messages on them, and how to
 * serve, request and announce. Knows none of the parts.
 */
package io.cta.bus;
