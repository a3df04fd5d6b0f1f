/**
 * The output of tests: reads it from their processes, cuts it into chunks and keeps it on disk, up
 * to a cap, until the server has it. Does not send it.
 */
package io.cta.agent.output;
