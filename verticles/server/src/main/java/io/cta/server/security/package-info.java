/**
 * Authentication and roles: tokens, passwords, browser sessions, the first administrator. Has no
 * routes and does not decide which role a route needs; the parts that speak HTTP call it.
 */
package io.cta.server.security;
