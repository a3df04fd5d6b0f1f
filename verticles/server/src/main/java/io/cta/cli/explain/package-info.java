/** Says why executions are not ok: for people, and for programs that help them. */
package io.cta.cli.explain;
