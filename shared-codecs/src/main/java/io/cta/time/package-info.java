/**
 * The clocks: a wall clock for people and schedules, a monotonic one for everything that waits. No
 * other code asks the machine for the time; only a program's entry point makes the clocks. Starts
 * no timers.
 */
package io.cta.time;
