/**
 * What all reports have in common: one shape of a case, how its texts are bounded and its name made
 * unique, and what can be wrong with a report. Decides nothing about a test's result beyond what
 * its report says.
 */
package io.cta.agent.report;
