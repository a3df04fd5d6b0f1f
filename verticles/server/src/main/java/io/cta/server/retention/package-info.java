/**
 * Deletes finished executions that are too old or too many, with everything that belongs to them,
 * in bounded slices. Keeps pinned ones. Never touches running ones.
 */
package io.cta.server.retention;
