/** The one JSON form of everything CTA reads and writes, and errors that name the field. */
package io.cta.json;
