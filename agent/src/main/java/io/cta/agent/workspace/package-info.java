/**
 * The directories that attempts work in: creates them, keeps them for a while, deletes them. Knows
 * nothing of what is in them.
 */
package io.cta.agent.workspace;
