/** Hides the values of secrets in output and texts, in every form in which programs print them. */
package io.cta.masking;
