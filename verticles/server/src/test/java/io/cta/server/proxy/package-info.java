/**
 * Tests of a whole server reached through a proxy, below a path, at another address than its own.
 */
package io.cta.server.proxy;
