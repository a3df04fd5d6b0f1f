/**
 * Measures how long the script {@code ./cta} takes until a server is ready or a command has
 * answered, as somebody who waits for it sees it. Not responsible for what the server does then.
 */
package io.cta.bench.start;
