/**
 * Views that only the live feed shows: its messages, output as it is written, and what machines do
 * now.
 */
package io.cta.server.view.live;
