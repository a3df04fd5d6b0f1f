/**
 * The expected failures that people and programs are told about, with code and text, and a limiter
 * for their log. Bugs are not among them.
 */
package io.cta.error;
