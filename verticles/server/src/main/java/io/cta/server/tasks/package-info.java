/**
 * The one way tasks change in the store: a fact goes through {@link io.cta.state.TaskStateMachine},
 * the result is written by compare-and-set and announced. Decides no fact itself. Shared by
 * registration, dispatch and tracking.
 */
package io.cta.server.tasks;
