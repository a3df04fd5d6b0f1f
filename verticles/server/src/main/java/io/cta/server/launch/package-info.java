/**
 * Puts the server together and starts it: configuration, store, broker, verticles, HTTP port last;
 * stops in reverse. The one place that knows every part; no part knows it.
 */
package io.cta.server.launch;
