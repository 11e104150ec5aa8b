/**
 * Numbers, offsets and texts as few bytes, and back; what tokens are made of. Whatever cannot have been written is a
 * RangeError whose message ends a sentence about a token.
 */

/** No other offset is written so: the offset follows as it is. */
const WHOLE_OFFSET = 1;

const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Bytes as text in the alphabet of base64url, unpadded. */
export function toBase64Url(bytes: ArrayLike<number>): string {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes of such a text; a last letter that stands for no whole byte is left out. */
export function fromBase64Url(text: string): Uint8Array {
  const whole = text.length % 4 === 1 ? text.slice(0, -1) : text;
  const letters = atob(whole.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/** LEB128 numbers up to 2^53. */
export class Writer {
  readonly bytes: number[] = [];

  number(n: number): void {
    let rest = n;
    while (rest >= 128) {
      this.bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.bytes.push(rest);
  }
  /** Offsets are mostly multiples of 512 bytes: those take fewer bytes. */
  offset(n: number): void {
    if (n % 512 === 0) this.number((n / 512) * 2);
    else if (n < 2 ** 52) this.number(n * 2 + 1);
    else {
      this.number(WHOLE_OFFSET);
      this.number(n);
    }
  }
  text(s: string): void {
    const bytes = new TextEncoder().encode(s);
    this.number(bytes.length);
    this.bytes.push(...bytes);
  }
}

export class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }
  number(): number {
    let n = 0;
    let scale = 1;
    for (;;) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError("it is cut short");
      n += (byte & 127) * scale;
      if (n > Number.MAX_SAFE_INTEGER) throw new RangeError("it holds a number over 2^53");
      if (byte < 128) return n;
      scale *= 128;
      if (scale > Number.MAX_SAFE_INTEGER) throw new RangeError("it holds a number over 2^53");
    }
  }
  below(limit: number): number {
    const n = this.number();
    if (n >= limit) throw new RangeError(`it holds ${n} where less than ${limit} is allowed`);
    return n;
  }
  offset(): number {
    const n = this.number();
    if (n === WHOLE_OFFSET) return this.number();
    return n % 2 === 0 ? (n / 2) * 512 : (n - 1) / 2;
  }
  text(): string {
    const length = this.below(200);
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError("it is cut short");
    const text = UTF8.decode(this.#bytes.subarray(this.#at, end));
    this.#at = end;
    return text;
  }
  list<T>(limit: number, item: () => T): T[] {
    const n = this.below(limit + 1);
    return Array.from({ length: n }, item);
  }
}

/** FNV-1a, 32 bits, as four bytes, the lowest first. */
export function checksum(bytes: Iterable<number>): number[] {
  let h = 0x811c9dc5;
  for (const byte of bytes) h = Math.imul(h ^ byte, 0x01000193);
  return [0, 8, 16, 24].map((shift) => (h >>> shift) & 255);
}
