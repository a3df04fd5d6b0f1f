/**
 * Keeps files that tests leave behind and sends them to the server: finds them in the workspace,
 * copies them into the attempt's own directory, uploads them, also after a restart. Decides no
 * test's result.
 */
package io.cta.agent.artifact;
