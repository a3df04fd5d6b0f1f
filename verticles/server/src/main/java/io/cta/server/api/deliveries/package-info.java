/** Shows what was brought to channels, and has it brought once more. Sends nothing itself. */
package io.cta.server.api.deliveries;
