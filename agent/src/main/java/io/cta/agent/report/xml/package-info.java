/**
 * Readers of reports in XML. They stream, expand no entities and open no other file or address; the
 * format is told by the root element.
 */
package io.cta.agent.report.xml;
