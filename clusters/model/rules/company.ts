import { show } from "../wording";
import { isHostname } from "./hostname";
import type { Rule } from "./rule";

/** A fleet has a cluster. */
const thereAreClusters: Rule = (fleet) =>
  fleet.clusters?.length === 0
    ? [
        {
          at: ["clusters"],
          reason: "is empty: there is nothing to render",
          fix: "add a cluster, as clusters/presets/demo.ts does",
        },
      ]
    : [];

/** The DNS zone is a public domain name. */
const domainIsADomain: Rule = ({ domain }) =>
  domain === undefined || isHostname(domain)
    ? []
    : [
        {
          at: ["domain"],
          reason: `${show(domain)} is not a domain name`,
          fix: 'write lower-case labels of letters, digits and dashes with dots between, for example "example.com"',
        },
      ];

/** Let's Encrypt and Azure budgets refuse what is no mail address. */
const emailIsAnAddress: Rule = ({ email }) => {
  if (email === undefined) return [];
  const [, local, domain] = /^([^\s@<>()[\]",;:\\]+)@([^@]+)$/.exec(email) ?? [];
  if (local !== undefined && domain !== undefined && isHostname(domain.toLowerCase())) return [];
  const fix = 'write one address without a name, for example "platform@example.com"';
  return [{ at: ["email"], reason: `${show(email)} is not a mail address`, fix }];
};

/** Azure refuses a budget of nothing. Source: learn.microsoft.com/rest/api/consumption/budgets. */
const budgetIsPositive: Rule = ({ budget }) =>
  budget?.monthlyUsd === undefined || budget.monthlyUsd > 0
    ? []
    : [
        {
          at: ["budget", "monthlyUsd"],
          reason: `${budget.monthlyUsd} is not an amount to spend`,
          fix: "write the US dollars of a month, for example 100",
        },
      ];

/** Rules about the company that owns the fleet. */
export const companyRules: readonly Rule[] = [thereAreClusters, domainIsADomain, emailIsAnAddress, budgetIsPositive];
