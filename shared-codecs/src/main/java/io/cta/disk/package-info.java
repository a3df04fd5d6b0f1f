/**
 * How much room a disk has, and what its failures look like when it has none; where the user's home
 * is.
 */
package io.cta.disk;
