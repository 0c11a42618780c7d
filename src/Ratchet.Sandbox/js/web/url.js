import { URL, URLSearchParams } from "whatwg-url";
import { kit } from "./kit.js";

kit.bodies.push([
  (body) => body instanceof URLSearchParams,
  (body) => [`${body}`, "application/x-www-form-urlencoded;charset=UTF-8"]
]);
kit.hidden.push(Object.getPrototypeOf(new URLSearchParams()[Symbol.iterator]()));

export { URL, URLSearchParams };
