/** What programs of the users are told when something happens; each message is one of these. */
package io.cta.server.view.events;
