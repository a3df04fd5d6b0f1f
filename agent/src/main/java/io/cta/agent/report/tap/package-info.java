/** Reads the Test Anything Protocol, versions 13 and 14. Opens no files itself. */
package io.cta.agent.report.tap;
