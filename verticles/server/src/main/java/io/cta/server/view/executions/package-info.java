/** Views of executions, their tasks and their statuses. */
package io.cta.server.view.executions;
