// Bytes as the host takes them: text with a code unit from 0 to 255 a byte.
const SafeBytes = Uint8Array;
const BYTES_AT_ONCE = 8_192;
const subarray = uncurry(Uint8Array.prototype.subarray);
const codeAt = Function.prototype.call.bind(String.prototype.charCodeAt);

// In pieces: a piece a byte would be millions of small strings.
const latin = bytes => {
  let text = '';
  for (let at = 0; at < bytes.length; at += BYTES_AT_ONCE) text += apply(fromCharCode, undefined, subarray(bytes, at, at + BYTES_AT_ONCE));
  return text;
};

const bytesFrom = text => {
  const bytes = new SafeBytes(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = codeAt(text, i);
  return bytes;
};

// What lies under an ArrayBuffer or a view of one; undefined for anything else.
const bytesUnder = value => {
  if (isBuffer(value)) return new SafeBytes(value);
  return isView(value) ? new SafeBytes(value.buffer, value.byteOffset, value.byteLength) : undefined;
};
