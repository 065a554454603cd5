import type { RuleText } from "../../model";
import type { El } from "./dom";
import { button, h, name } from "./elements";
import { severityMark } from "./icons";
import type { App } from "./state";

/** The rules that findings name: what each means, and a way to its findings and to its page. */
export function rulesTable(app: App): El {
  const counts = new Map<string, number>();
  for (const { finding } of app.findings) counts.set(finding.rule, (counts.get(finding.rule) ?? 0) + 1);
  return h("ul.rules", {}, ...app.report.rules.map((rule) => item(app, rule, counts.get(rule.id) ?? 0)));
}

/** Goes to the explanation of a rule. */
export function focusRule(view: El, rule: string): void {
  for (const element of view.querySelectorAll("[data-rule]")) {
    if (element.getAttribute("data-rule") !== rule) continue;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "center" });
  }
}

function item(app: App, { id, severity, title, doc }: RuleText, findings: number): El {
  const show = () => {
    app.filter.clear();
    app.filter.setText(id);
    app.show("findings");
  };
  const url = Object.hasOwn(app.report.ruleUrls, id) ? app.report.ruleUrls[id] : undefined;
  return h(
    "li",
    { tabindex: -1, "data-rule": id },
    severityMark(severity),
    h(
      "div",
      {},
      h(
        "p",
        {},
        h("strong", {}, title),
        " ",
        url === undefined
          ? name(id, "rule")
          : h("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, name(id)),
      ),
      h("p", {}, doc),
    ),
    button("quiet", show, findings === 1 ? "1 finding" : `${findings} findings`),
  );
}
