import { yamlOf } from "../../../base/yaml";
import type { Fleet } from "../../../clusters/fleet";
import type { Overlay } from "../../../clusters/overlay";
import { renderFleet } from "../../../main";
import { MARK } from "../../tree/folder";
import { fileNames } from "../../tree/path";
import { memorySource } from "./memory";
import { DiffError, type ObjectFormat, type Source } from "./source";

/** Renders a fleet into memory: what `make synth` would write. Throws one error that lists the problems of all clusters. */
export function renderSource(fleet: Fleet, overlayOf: (cluster: string) => Overlay, format?: ObjectFormat): Source {
  return memorySource(renderedFiles(fleet, overlayOf), { label: "the working tree, rendered", kind: "render" }, format);
}

/** The files that a fleet renders to, by their paths. */
export function renderedFiles(fleet: Fleet, overlayOf: (cluster: string) => Overlay): ReadonlyMap<string, string> {
  const files = new Map<string, string>([[MARK.file, MARK.text]]);
  try {
    for (const { name, components } of renderFleet(fleet, overlayOf)) {
      for (const component of components) {
        for (const [file, object] of fileNames(component.objects)) {
          files.set(`${name}/${component.name}/${file}`, yamlOf(object));
        }
      }
    }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new DiffError(`The working tree cannot be compared, since it does not render. ${said}`);
  }
  return files;
}
