/**
 * The decisions of dispatch: which machines match, how an execution is cut into tasks, which
 * waiting task goes to which free slot, and why the others wait. Pure: no store, no broker, no bus.
 */
package io.cta.server.dispatch.scheduling;
