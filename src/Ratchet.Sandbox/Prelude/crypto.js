// crypto: randomUUID, getRandomValues and subtle.digest of the Web Cryptography API.
const MOST_RANDOM_BYTES = 65_536;
const INTEGER_ARRAYS = ['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'BigInt64Array', 'BigUint64Array'];
const DIGESTS = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];
const contains = (list, value) => { for (let i = 0; i < list.length; i++) if (list[i] === value) return true; return false; };

const hex = (text, from, to) => {
  let digits = '';
  for (let i = from; i < to; i++) digits += slice(numberText(codeAt(text, i) + 256, 16), 1);
  return digits;
};

const crypto = {
  // RFC 9562, section 5.4.
  randomUUID() {
    const bytes = bytesFrom(randomBytes(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const text = latin(bytes);
    return `${hex(text, 0, 4)}-${hex(text, 4, 6)}-${hex(text, 6, 8)}-${hex(text, 8, 10)}-${hex(text, 10, 16)}`;
  },

  getRandomValues(array) {
    const tag = isView(array) ? typedTag(array) : undefined;
    if (!contains(INTEGER_ARRAYS, tag)) throw new DOMException('crypto.getRandomValues fills a typed array of integers', 'TypeMismatchError');
    const bytes = bytesUnder(array);
    if (bytes.length > MOST_RANDOM_BYTES) throw new DOMException(`crypto.getRandomValues fills at most ${MOST_RANDOM_BYTES} bytes at once, not ${bytes.length}`, 'QuotaExceededError');
    const text = randomBytes(bytes.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = codeAt(text, i);
    return array;
  },

  subtle: {
    digest(algorithm, data) {
      return promised(() => {
        const name = toUpperCase(`${isObject(algorithm) ? algorithm.name : algorithm}`);
        if (!contains(DIGESTS, name)) throw new DOMException(`crypto.subtle.digest knows ${join(DIGESTS, ', ')}, not '${name}'`, 'NotSupportedError');
        const bytes = bytesUnder(data);
        if (bytes === undefined) throw new TypeError('crypto.subtle.digest needs an ArrayBuffer, a typed array or a DataView');
        return bytesFrom(host.digest(name, latin(bytes))).buffer;
      });
    },
  },
};
define('crypto', crypto);
