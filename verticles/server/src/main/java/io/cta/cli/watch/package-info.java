/**
 * Follows an execution to its end and shows people its progress and why it failed. Not responsible
 * for starting it.
 */
package io.cta.cli.watch;
