/** How much room a disk has, and what its failures look like when it has none. */
package io.cta.disk;
