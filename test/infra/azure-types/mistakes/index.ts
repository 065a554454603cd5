import { PLATFORM } from "./by-rules";
import { SERVICES } from "./by-service-rules";
import { ENUMS, FORMS, VALUES } from "./by-types";
import { mistakesOf } from "./mistake";

export { changed } from "./mistake";
export { TOGETHER } from "./together";

/** Every seeded mistake on a resource by itself, with the check that must find it. */
export const MISTAKES = [
  ...mistakesOf([...ENUMS, ...VALUES, ...PLATFORM, ...SERVICES], true),
  ...mistakesOf(FORMS, false),
];
