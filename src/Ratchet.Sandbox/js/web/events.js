import { Event, EventTarget, setErrorHandler, setWarningHandler } from "event-target-shim";
import { kit } from "./kit.js";

// A listener's error reaches nobody who dispatches.
setErrorHandler((error) => kit.report(error));
setWarningHandler(() => {});

export { Event, EventTarget };
export { getEventAttributeValue, setEventAttributeValue } from "event-target-shim";
