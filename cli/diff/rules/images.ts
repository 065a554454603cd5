import { stepOf } from "../charts";
import { shown } from "./values";

/** An image's reference in its parts. */
export interface Image {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Takes an image's reference apart. */
export function imageOf(text: string): Image {
  const [rest = "", digest] = text.split("@");
  const colon = rest.lastIndexOf(":");
  const hasTag = colon > rest.lastIndexOf("/");
  return {
    repository: hasTag ? rest.slice(0, colon) : rest,
    ...(hasTag ? { tag: rest.slice(colon + 1) } : {}),
    ...(digest === undefined ? {} : { digest }),
  };
}

type ImageRule = "workload/image" | "workload/image-registry" | "workload/image-unpinned" | "workload/image-downgrade";

const MOVING = /^(latest|main|master|edge|nightly|stable|dev)$/;

/** Says in what a container's image differs. */
export function images(before: string, after: string, say: (rule: ImageRule, message: string) => void): void {
  if (before === after || after === "") return;
  const [one, other] = [imageOf(before), imageOf(after)];
  say("workload/image", `runs ${shown(after)} in place of ${shown(before)}`);
  if (one.repository !== other.repository)
    say("workload/image-registry", `from ${shown(other.repository)} in place of ${shown(one.repository)}`);
  const isLoose =
    (one.digest !== undefined && other.digest === undefined) ||
    (other.digest === undefined && (other.tag === undefined || MOVING.test(other.tag)));
  if (isLoose) say("workload/image-unpinned", `${shown(after)} can change under its name`);
  if (one.repository === other.repository && stepOf(one.tag, other.tag) === "downgrade")
    say("workload/image-downgrade", `goes back from ${shown(one.tag)} to ${shown(other.tag)}`);
}
