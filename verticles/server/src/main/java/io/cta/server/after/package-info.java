/**
 * What after-handlers mean: their conditions, the texts with placeholders that they hand on, and
 * the rules that they keep when somebody writes them. Carries nothing out. Pure, but for the thread
 * on which conditions are compiled and evaluated.
 */
package io.cta.server.after;
