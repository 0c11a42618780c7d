// Bytes as the host takes them: text with a code unit from 0 to 255 a byte.
const SafeBytes = Uint8Array;
const NativeBuffer = ArrayBuffer;

// Without the buffers that can grow: V8 reserves what they may become, beyond the limit of ArrayBuffers, and ends its process when it cannot.
const FixedBuffer = {
  ArrayBuffer: function (length, options) {
    if (new.target === undefined) throw new TypeError("Constructor ArrayBuffer requires 'new'");
    if (isObject(options) && options.maxByteLength !== undefined) throw new RangeError('ArrayBuffers that can grow do not exist here: leave out maxByteLength');
    return construct(NativeBuffer, [length], new.target);
  },
}.ArrayBuffer;
for (const key of ['isView', Symbol.species]) defineProperty(FixedBuffer, key, getOwnPropertyDescriptor(NativeBuffer, key));
defineProperty(FixedBuffer, 'length', { value: 1, writable: false, enumerable: false, configurable: true });
defineProperty(FixedBuffer, 'prototype', { value: NativeBuffer.prototype, writable: false, enumerable: false, configurable: false });
defineProperty(NativeBuffer.prototype, 'constructor', { value: FixedBuffer, writable: true, enumerable: false, configurable: true });
define('ArrayBuffer', FixedBuffer);
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
