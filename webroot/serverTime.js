// What time it is at the server, whatever the browser's clock says. Moves on by the monotonic
// clock, and follows the Date of the server's answers.

/** Date has whole seconds, and answers take a while: what differs by less is the same. */
const TOLERATED = 1_500;

/** Made apart from the page's own for tests. */
export class ServerTime {
  #wall;
  #at;
  #ticks;

  /**
   * @param wall epoch milliseconds to begin with, the browser's
   * @param ticks monotonic milliseconds
   */
  constructor(wall, ticks) {
    this.#ticks = ticks;
    this.#wall = wall;
    this.#at = ticks();
  }

  /** Epoch milliseconds. */
  now() {
    return this.#wall + this.#ticks() - this.#at;
  }

  /**
   * An answer of the server has come.
   *
   * @param date its Date header, or null
   * @param asked the ticks when it was asked for
   */
  heard(date, asked) {
    const at = this.#ticks();
    const wall = Date.parse(date ?? "") + 500 + (at - asked) / 2;
    if (!Number.isNaN(wall) && Math.abs(wall - this.now()) > TOLERATED) {
      this.#wall = wall;
      this.#at = at;
    }
  }
}

export const serverTime = new ServerTime(Date.now(), () => performance.now());
