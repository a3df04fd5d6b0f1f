/** Writes messages for chat programs, within what each takes. Pure. */
package io.cta.server.notify.chat;
