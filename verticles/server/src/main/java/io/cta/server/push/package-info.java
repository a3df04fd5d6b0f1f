/**
 * Pushes the results of executions to places of other people: makes files of them and puts those
 * into a bucket or behind an address. Decides neither when nor how often.
 */
package io.cta.server.push;
