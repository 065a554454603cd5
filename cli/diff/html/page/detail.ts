import type { Finding, Severity } from "../../model";
import type { El } from "./dom";
import { count, h, name } from "./elements";
import { fieldList } from "./fields";
import { badge } from "./icons";
import { type ChangeRow, identityOf, nameOf } from "./rows";
import type { App } from "./state";
import { linkTo } from "./state";
import { variants } from "./variants";

/** Clusters whose files are listed before somebody asks for all of them. */
const FEW = 6;

/** What there is to know about a change: effects, findings, files, fields, and how the object differs on other clusters. */
export function changeDetail(app: App, row: ChangeRow, siblings: readonly ChangeRow[]): El {
  const { change, findings } = row;
  const fields = app.fieldsOf(row);
  const { object, was, component } = change;
  return h(
    "div.detail",
    {},
    h(
      "dl.facts",
      {},
      ...fact("Object", name(`${object.apiVersion} ${object.kind} ${nameOf(object)}`)),
      ...(was
        ? fact(
            "Was",
            h("span", {}, name(nameOf(spaced(was))), " in ", name(was.component), ", is in ", name(component)),
          )
        : []),
      ...fact("Happens", h("ul", {}, ...change.effects.map((effect) => h("li", {}, effect.text)))),
      ...fact(change.files.length === 1 ? "File" : "Files", files(row)),
    ),
    findings.length > 0 && h("ul.said", {}, ...findings.map((finding) => said(finding))),
    fields.length > 0
      ? fieldList(fields, faultsOf(findings))
      : h("p.note", {}, "No field of it differs: only where it is."),
    siblings.length > 1 && variants(app, row, siblings),
  );
}

/** The other changes of each object: on other clusters it may change in another way. */
export function siblingsOf(changes: readonly ChangeRow[]): (row: ChangeRow) => readonly ChangeRow[] {
  const all = new Map<string, ChangeRow[]>();
  for (const row of changes) {
    const key = identityOf(row.change.object);
    const known = all.get(key);
    if (known) known.push(row);
    else all.set(key, [row]);
  }
  return (row) => all.get(identityOf(row.change.object)) ?? [];
}

/** What a finding says, and whether it stops the merge. */
export function said(finding: Finding): El {
  const { severity, message, rule, blocking, waiver } = finding;
  return h(
    "li",
    {},
    badge(severity),
    h("span.message", {}, message),
    h("a", { href: linkTo("rule", rule) }, rule),
    blocking && h("span.gate", {}, "blocks"),
    waiver && h("span.approved", {}, `approved until ${waiver.expires} by ${waiver.ask}: ${waiver.reason}`),
  );
}

/** The worst severity at each path that a finding names. */
export function faultsOf(findings: readonly Finding[]): ReadonlyMap<string, Severity> {
  const faults = new Map<string, Severity>();
  // Findings come worst first.
  for (const { fields, severity } of findings) {
    for (const field of fields) if (!faults.has(field)) faults.set(field, severity);
  }
  return faults;
}

function files({ change }: ChangeRow): El {
  const item = (file: string) => h("li", {}, name(file));
  const [first, rest] = [change.files.slice(0, FEW), change.files.slice(FEW)];
  return h(
    "div",
    {},
    change.clusters.length > 1 && h("p.note", {}, `The same change on ${count(change.clusters.length, "cluster")}`),
    h("ul", {}, ...first.map(item)),
    rest.length > 0 && h("details", {}, h("summary", {}, `${rest.length} more`), h("ul", {}, ...rest.map(item))),
  );
}

function fact(term: string, value: El): readonly El[] {
  return [h("dt", {}, term), h("dd", {}, value)];
}

function spaced({ namespace, name: called }: { readonly namespace?: string; readonly name: string }) {
  return namespace === undefined ? { name: called } : { namespace, name: called };
}
