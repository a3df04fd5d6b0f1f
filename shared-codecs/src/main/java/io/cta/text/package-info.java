/** Texts made short, or fit for a place. Decides nothing about what they say. */
package io.cta.text;
