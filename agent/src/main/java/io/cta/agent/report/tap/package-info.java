/** Reads the Test Anything Protocol, versions 13 and 14. */
package io.cta.agent.report.tap;
