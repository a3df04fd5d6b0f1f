/**
 * Maps everything CTA reads and writes to and from JSON, with errors that name the field. Knows
 * none of the records.
 */
package io.cta.json;
