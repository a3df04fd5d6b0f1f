/**
 * Deletes finished executions that are too old or too many, with everything that belongs to them, a
 * bounded slice at a time. Pinned ones stay. Decides nothing about running ones.
 */
package io.cta.server.retention;
