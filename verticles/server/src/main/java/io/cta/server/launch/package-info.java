/**
 * Assembles the server and starts it: configuration, store, broker, verticles, HTTP port last;
 * stops in reverse. Only this package depends on every part, and no part depends on it. Contains no
 * business logic.
 */
package io.cta.server.launch;
