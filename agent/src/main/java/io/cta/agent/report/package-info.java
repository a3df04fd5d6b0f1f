/**
 * Reads the reports that test frameworks leave behind. Decides nothing about the test's result
 * beyond what the report says.
 */
package io.cta.agent.report;
