/**
 * Brings a store that an earlier version wrote to the present form, once, at the start of a server:
 * numbered steps, each done page by page and continued where a crash cut it off. Not the move from
 * one store to another, which is in {@link io.cta.server.admin}.
 */
package io.cta.server.store.upgrade;
