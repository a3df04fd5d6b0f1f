/**
 * Finds the report files that a test wrote, opens them within limits and gives each to the reader
 * of its format. Does not read the formats itself.
 */
package io.cta.agent.report.file;
