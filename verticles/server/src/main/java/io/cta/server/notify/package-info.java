/**
 * Carries out what scenarios want to happen after an execution: decides conditions, starts other
 * scenarios, writes messages and brings them to their receivers. The store says what is to be done:
 * a marker on each execution, a row for each message. Everything made has an id that follows from
 * its cause, so that work that a crash cut off is repeated and nothing is made twice.
 */
package io.cta.server.notify;
