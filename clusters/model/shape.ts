import * as z from "zod/mini";
import { either, meant, show } from "./wording";

/**
 * Building blocks of the schema whose messages say what is wrong and, on a second line, how to mend it:
 * the schema library's own words say neither in terms of a fleet. `load.ts` takes the lines apart.
 */
export function message(reason: string, fix: string): string {
  return `${oneLine(reason)}\n${oneLine(fix)}`;
}

/** What an object says about a property it must not have; the rest gets "did you mean". */
export type Refused = Readonly<Record<string, { readonly reason: string; readonly fix: string }>>;

/** An object with exactly these properties; `noun` is for example `a cluster`. */
export function object<Shape extends z.core.$ZodLooseShape>(noun: string, shape: Shape, refused: Refused = {}) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => unknownProperty(noun, key, known, refused)).join("\n")
        : wrong(issue.input, `an object, ${noun}`, `give ${noun} with ${known.join(", ")}`),
  });
}

/** One of several objects, told apart by the text in one property. */
export function union<const Options extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]]>(
  noun: string,
  key: string,
  values: readonly string[],
  options: Options,
) {
  return z.discriminatedUnion(key, options, {
    error: (issue) => {
      if (issue.code !== "invalid_union") return wrong(issue.input, `an object, ${noun}`, `give ${noun} with ${key}`);
      return notOneOf((issue.input as Readonly<Record<string, unknown>>)[key], values);
    },
  });
}

/** A list of entries; `noun` is for example `a list of clusters`. */
export function list<Entry extends z.core.$ZodType>(noun: string, entry: Entry) {
  return z.array(entry, { error: (issue) => wrong(issue.input, noun, `write ${noun} in [ ]`) });
}

/** Texts by name. */
export function texts(noun: string, entry: z.ZodMiniType<string>) {
  return z.record(z.string(), entry, { error: (issue) => wrong(issue.input, noun, `write ${noun} in { }`) });
}

/** Any text. */
export function text(noun: string, example: string) {
  return z.string({ error: (issue) => wrong(issue.input, `text, ${noun}`, `write for example ${show(example)}`) });
}

/** Text of a form that a function recognizes. */
export function formed<T extends string>(noun: string, example: string, is: (value: unknown) => value is T) {
  return z.custom<T>(is, { error: (issue) => wrong(issue.input, noun, `write for example ${show(example)}`) });
}

/** One of some texts; `fix` says what else may be done about one that is not among them. */
export function oneOf<const T extends string>(values: readonly T[], fix?: string) {
  return z.enum(values, { error: (issue) => notOneOf(issue.input, values, fix) });
}

/** Exactly one text, with a reason of its own where it is another. */
export function only<const T extends string>(value: T, reason: string, fix: string) {
  return z.literal(value, {
    error: (issue) => (issue.input === undefined ? notOneOf(undefined, [value]) : message(reason, fix)),
  });
}

/** Any number but NaN and the infinities. */
export function number(noun: string) {
  return z.number({ error: (issue) => wrong(issue.input, `a number, ${noun}`, "write a number without quotes") });
}

/** True or false. */
export function flag() {
  return z.boolean({ error: (issue) => wrong(issue.input, "true or false", "write true or false without quotes") });
}

/** So few accepted values that a guess at one of them only repeats them. */
const FEW = 4;

function wrong(input: unknown, expected: string, fix: string): string {
  return input === undefined
    ? message("is missing", `add ${expected}; ${fix}`)
    : message(`is ${show(input)}, not ${expected}`, fix);
}

function notOneOf(input: unknown, values: readonly string[], more?: string): string {
  const accepted = either(values.map(show));
  if (input === undefined) return message("is missing", `add ${accepted}`);
  const guess = typeof input === "string" && values.length > FEW ? meant(input, values) : undefined;
  const fix = guess ? `did you mean ${show(guess)}? Accepted: ${accepted}` : `write ${accepted}`;
  return message(`is ${show(input)}, which is not accepted here`, more ? `${fix}; ${more}` : fix);
}

function unknownProperty(noun: string, key: string, known: readonly string[], refused: Refused): string {
  const own = Object.hasOwn(refused, key) ? refused[key] : undefined;
  if (own) return message(own.reason, own.fix);
  const guess = meant(key, known);
  const fix = guess ? `did you mean ${guess}?` : "remove it";
  return message(`is not a property of ${noun}`, `${fix}; ${noun} has ${known.join(", ")}`);
}

function oneLine(words: string): string {
  return words.replace(/\s+/g, " ").trim();
}
