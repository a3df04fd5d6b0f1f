/** Texts made short. Decides nothing about what they say. */
package io.cta.text;
