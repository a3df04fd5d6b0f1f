/** A whole server that people reach by another address than its own: below a path, by a proxy. */
package io.cta.server.proxy;
