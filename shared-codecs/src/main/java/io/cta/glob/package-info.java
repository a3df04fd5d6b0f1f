/**
 * Patterns of file names as test authors write them. Knows strings only: who walks directories asks
 * here what may match.
 */
package io.cta.glob;
