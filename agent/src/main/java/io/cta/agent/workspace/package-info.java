/** The directories that attempts work in: made, kept for a while, removed. */
package io.cta.agent.workspace;
