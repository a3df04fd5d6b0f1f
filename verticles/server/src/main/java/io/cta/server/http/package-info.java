/**
 * Shared by the parts of the server that speak HTTP: connection and body limits, proxies, public
 * address, headers. Does not depend on any of these parts.
 */
package io.cta.server.http;
