// What the prelude lends, and what the parts tell of themselves.
// latin(Uint8Array): its bytes as text, a code unit each. DOMException, setTimeout. random(count): bytes as such text. report(error): nobody caught it.
export const kit = { bodies: [], hidden: [], signals: undefined };
