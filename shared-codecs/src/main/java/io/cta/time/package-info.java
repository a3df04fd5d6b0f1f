/**
 * What time is made of: a wall clock for people and schedules, a ticker for everything that waits.
 * Nothing else in the house asks the machine for the time; only a program's entry makes these.
 */
package io.cta.time;
