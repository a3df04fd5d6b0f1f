/**
 * What a Jenkins wants to be asked and how: addresses of jobs, crumbs with their session, and what
 * its answers mean. Stores nothing. The source is Jenkins' own "Remote access API" and "CSRF
 * protection".
 */
package io.cta.server.jenkins;
