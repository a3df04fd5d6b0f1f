/**
 * {@code cta mcp}: lets coding agents start scenarios and read why they failed, by the Model
 * Context Protocol.
 */
package io.cta.cli.mcp;
