/**
 * The REST API: its routes come from the contract in {@code openapi/}, and a small resource answers
 * each operation. It reads and writes the store and asks services over the event bus; it runs no
 * tests and schedules nothing.
 */
package io.cta.server.api;
