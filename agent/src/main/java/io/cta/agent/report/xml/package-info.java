/**
 * Reads reports in XML; the root element tells the format. Readers stream, expand no entities and
 * open no other file or address.
 */
package io.cta.agent.report.xml;
