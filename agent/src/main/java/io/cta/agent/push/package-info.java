/**
 * Pushes the results and artifacts of an attempt to where a suite's outputs say. What is not pushed
 * is a warning of the attempt and changes no result.
 */
package io.cta.agent.push;
