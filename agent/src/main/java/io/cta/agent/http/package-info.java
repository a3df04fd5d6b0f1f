/** Requests of HTTP that are given up when nothing moves, or when an attempt is to stop. */
package io.cta.agent.http;
