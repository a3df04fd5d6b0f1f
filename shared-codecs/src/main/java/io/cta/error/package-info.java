/** The failures that people and programs are told of. Bugs are not among them. */
package io.cta.error;
