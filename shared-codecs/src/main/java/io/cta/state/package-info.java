/**
 * The rules of DESIGN §4 as pure functions: the life of a task, and the folds of statuses and
 * tasks. Knows no store, no bus and no clock; every time comes with the facts.
 */
package io.cta.state;
