/**
 * The broker as an agent sees it: one outbound WebSocket to the server's gateway, which passes
 * messages to whichever broker the server uses. Holds the agent's side and the frames that both
 * sides share. Not responsible for what the messages mean, nor for keeping them when the process
 * ends.
 *
 * <h2>Protocol cta.link.1</h2>
 *
 * <p>{@code GET /api/v1/agents/link}, upgraded, with {@code Authorization: Bearer <agent token>},
 * {@code X-CTA-Session: <id of this start of the agent>} and {@code Sec-WebSocket-Protocol:
 * cta.link.1}. A refusal is an HTTP answer with problem+json: 400 no common protocol version, 401
 * bad token, 403 not an agent's token, 409 the machine has another live session.
 *
 * <p>A frame is one line of JSON, at most 4 KB, that ends with a line feed. When it has a {@code
 * size}, so many bytes follow: the message, as it is. A WebSocket message, binary or text, carries
 * one or more frames and has at most 2 MB. Unknown fields are ignored.
 *
 * <pre>
 * agent   {"op":"publish","n":1,"queue":"cta.states","size":310} + message
 * server  {"op":"confirm","n":1}            the message is as safe as the queue promises
 * server  {"op":"refuse","n":1,"code":"unavailable","text":"…"}
 * agent   {"op":"subscribe","n":2,"queue":"cta.machine.01J…","prefetch":10}
 * server  {"op":"confirm","n":2}            or refuse; n now names the subscription
 * server  {"op":"deliver","n":2,"d":7,"size":950} + message
 * agent   {"op":"settle","n":2,"d":7,"outcome":"ack"}     or reject, retry, postpone, with a text
 * agent   {"op":"pause","n":2}  {"op":"resume","n":2}
 * agent   {"op":"unsubscribe","n":2}
 * server  {"op":"ended","n":2}              nothing more will be delivered
 * either  {"op":"error","text":"…"}         the connection is about to be closed, and why
 * </pre>
 *
 * <p>Any number of publishes may be in flight; they are confirmed in any order. A server that has
 * too much in flight stops reading. Both sides send WebSocket pings and give the other up when it
 * is silent for a while. A connection's subscriptions end with it and unsettled deliveries go back
 * to their queues. After a reconnect the agent subscribes again and sends again, in order and with
 * the same numbers, what was not confirmed.
 */
package io.cta.broker.websocket;
