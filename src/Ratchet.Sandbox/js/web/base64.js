// atob and btoa (Infra standard, "forgiving-base64"). They carry bytes as text, a code unit each.
import { kit } from "./kit.js";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const numbers = new Map([...LETTERS].map((letter, i) => [letter, i]));

const refuse = (message) => new kit.DOMException(message, "InvalidCharacterError");

export const btoa = (text) => {
  const data = `${text}`;
  let out = "";
  for (let i = 0; i < data.length; i += 3) {
    const a = data.charCodeAt(i), b = data.charCodeAt(i + 1), c = data.charCodeAt(i + 2);
    if (a > 255 || b > 255 || c > 255) throw refuse("btoa takes characters up to U+00FF only; encode text to bytes first");
    const bits = (a << 16) | (b << 8) | c;
    out += LETTERS[bits >> 18] + LETTERS[(bits >> 12) & 63] + (i + 1 < data.length ? LETTERS[(bits >> 6) & 63] : "=") + (i + 2 < data.length ? LETTERS[bits & 63] : "=");
  }
  return out;
};

export const atob = (text) => {
  let data = `${text}`.replace(/[\t\n\f\r ]/g, "");
  if (data.length % 4 === 0) data = data.replace(/={1,2}$/, "");
  if (data.length % 4 === 1) throw refuse("atob was given text that is not base64: its length is wrong");
  let out = "", bits = 0, count = 0;
  for (const letter of data) {
    const number = numbers.get(letter);
    if (number === undefined) throw refuse(`atob was given text that is not base64: it has ${JSON.stringify(letter)}`);
    bits = (bits << 6) | number;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += String.fromCharCode((bits >> count) & 255);
  }
  return out;
};
