/**
 * Watches the disk of the data directory: measures it periodically, refuses new executions while it
 * is low, and frees a reserve when it is full. Deletes no data.
 */
package io.cta.server.disk;
