/** What the parts of the server that speak HTTP share. Knows none of them. */
package io.cta.server.http;
