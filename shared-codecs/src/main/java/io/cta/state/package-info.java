/**
 * The rules of DESIGN §4 as pure functions: the states of a task, its result from statuses, and an
 * execution's result from tasks. Knows no store, no bus and no clock; every time comes with the
 * facts.
 */
package io.cta.state;
