/**
 * Takes artifacts from agents and serves them: to who is logged in, and to who has a signed link.
 * Where the contents are is the store's business.
 */
package io.cta.server.api.artifacts;
