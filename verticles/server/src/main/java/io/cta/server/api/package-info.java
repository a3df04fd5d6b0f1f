/**
 * The REST API: its routes come from the contract in {@code openapi/}, each operation is answered
 * by a small resource. It reads and writes the store and asks services over the event bus; it runs
 * nothing itself.
 */
package io.cta.server.api;
