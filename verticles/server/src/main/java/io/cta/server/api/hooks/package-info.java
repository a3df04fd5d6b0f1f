/** Calls of forges and other programs: verified, stored, answered at once. */
package io.cta.server.api.hooks;
