/**
 * The loopback API by which tests report results themselves, in its present and its legacy form.
 */
package io.cta.agent.result;
