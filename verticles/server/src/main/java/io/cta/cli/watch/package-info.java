/** Follows an execution to its end and tells people how it goes and why it failed. */
package io.cta.cli.watch;
