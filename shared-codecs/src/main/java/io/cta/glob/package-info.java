/**
 * Patterns of file names as test authors write them. Works on strings only and reads no
 * directories.
 */
package io.cta.glob;
