// Ranges of bytes as text, where a range may begin or end inside a character. Pure.

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The text of a range without the characters that it holds only in part.
 * @returns {{text: string, head: number, tail: number}} bytes left out at either end
 */
export function decodeRange(bytes, { first, last }) {
  const head = first ? 0 : continuation(bytes);
  const tail = last ? 0 : incomplete(bytes);
  const end = Math.max(head, bytes.length - tail);
  return { text: decoder.decode(bytes.subarray(head, end)), head, tail: bytes.length - end };
}

function continuation(bytes) {
  let i = 0;
  while (i < bytes.length && i < 3 && (bytes[i] & 0xc0) === 0x80) i++;
  return i;
}

function incomplete(bytes) {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const b = bytes[bytes.length - back];
    if (b >= 0xc0) {
      const length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
      return back < length ? back : 0;
    }
    if (b < 0x80) return 0;
  }
  return 0;
}
