/**
 * The free space of a disk, the failures of a full one, and the user's home directory. Does not
 * decide what to do when a disk is full.
 */
package io.cta.disk;
