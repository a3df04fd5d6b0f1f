/**
 * The output of tests: read from their processes, cut into chunks, kept on disk up to a cap until
 * the server has it. Does not send.
 */
package io.cta.agent.output;
