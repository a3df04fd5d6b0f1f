/**
 * Views of credentials and of who bears them. Secrets leave only where one is issued, in the answer
 * that says so.
 */
package io.cta.server.view.access;
