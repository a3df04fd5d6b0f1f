/** Keeps actions in order that must not overtake each other. Knows nothing of what they do. */
package io.cta.server.sequence;
