/**
 * The disk of the data directory: measured now and then, with a reserve that is given up when it is
 * full, and the word that new executions are refused meanwhile.
 */
package io.cta.server.disk;
