import { type Account, USE_LABEL, uses } from "./accounts";
import type { ClusterInAzure } from "./azure";
import type { ClusterManifests, Placed } from "./manifests";
import { listed } from "./values";

/** Subject of a service account in a token. Written here again on purpose: a mistake in the fleet's own must show. */
function subjectOf({ namespace, name }: Pick<Account, "namespace" | "name">): string {
  return ["system", "serviceaccount", namespace, name].join(":");
}

/** (2) Every service account that acts in Azure is trusted by one identity, as that identity, and its pods get a token. */
export function accountsAreTrusted(manifests: ClusterManifests, azure: ClusterInAzure): readonly string[] {
  const acting = manifests.accounts.filter(({ value }) => value.federated);
  return acting.flatMap((account) => [...trustOf(account, azure), ...labelsOf(account.value, manifests)]);
}

/** (3) No identity trusts a service account that does not exist. */
export function trustedAccountsExist(manifests: ClusterManifests, azure: ClusterInAzure): readonly string[] {
  const subjects = new Set(manifests.accounts.map(({ value }) => subjectOf(value)));
  const acting = listed(manifests.accounts.filter(({ value }) => value.federated).map(({ value }) => subjectOf(value)));
  return azure.federations
    .filter(({ subject }) => !subjects.has(subject))
    .map(
      ({ identity, subject }) =>
        `the identity ${identity} trusts ${subject}, but dist/${manifests.name} has no such service account; those that act in Azure are ${acting}`,
    );
}

function trustOf({ value: account, place }: Placed<Account>, azure: ClusterInAzure): readonly string[] {
  const subject = subjectOf(account);
  const trusting = azure.federations.filter((federation) => federation.subject === subject);
  const [only, ...more] = trusting;
  if (!only) {
    const others = listed(azure.federations.map((each) => `${each.identity} trusts ${each.subject}`));
    return [`${place} acts in Azure, but no federated credential of ${azure.resource} trusts ${subject}; ${others}`];
  }
  if (more.length > 0) {
    return [`${place} is trusted by more than one identity: ${listed(trusting.map(({ identity }) => identity))}`];
  }
  return [
    ...(only.issuer === azure.issuer
      ? []
      : [
          `${place} gets its tokens from ${azure.resource} (${azure.issuer}), but ${only.identity} trusts those of ${only.issuer}`,
        ]),
    ...clientIdOf(account.clientId, place, only, azure),
  ];
}

function clientIdOf(
  reference: string | undefined,
  place: string,
  { identity, clientId }: { readonly identity: string; readonly clientId?: string },
  { substitution, fluxConfiguration }: ClusterInAzure,
): readonly string[] {
  if (reference === undefined) return [];
  const variable = /^\$\{(\w+)\}$/.exec(reference)?.[1];
  if (!variable) return [`${place} names the client id ${reference}, which should be a variable that Azure fills in`];
  const value = substitution[variable];
  if (value === clientId) return [];
  return [
    `${place} acts as \${${variable}}, which the fluxConfiguration ${fluxConfiguration} sets to ${value ?? "nothing"}, but the identity that trusts it is ${identity} with the client id ${clientId ?? "unknown"}`,
  ];
}

function labelsOf(account: Account, { pods }: ClusterManifests): readonly string[] {
  return pods
    .filter(
      ({ value }) => value.namespace === account.namespace && value.account === account.name && !uses(value.labels),
    )
    .map(
      ({ place }) =>
        `${place}: its pods run as ${subjectOf(account)}, which acts in Azure, but lack the label ${USE_LABEL}: "true" and get no token`,
    );
}
