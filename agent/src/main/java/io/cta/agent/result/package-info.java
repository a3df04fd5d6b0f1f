/**
 * The loopback API by which tests report results themselves, in its present and its legacy form.
 * Does not decide a test's result.
 */
package io.cta.agent.result;
