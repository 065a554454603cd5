#!/usr/bin/env bash
# Makes once what the stack cannot make itself: a place for its state, and a key for the secrets in it. Safe to run again: it creates what
# is missing, and changes nothing that is there.
#
#   az login && ./bootstrap.sh <stack> <suffix> [region]
#
# <stack>   name of the stack, for example default
# <suffix>  3 to 8 lower-case letters and digits that make names unique in all of Azure
# [region]  default koreacentral
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "bootstrap: $*"
  exit 1
}

[[ $# -ge 2 ]] || fail "usage: $0 <stack> <suffix> [region]"
stack=$1 suffix=$2 region=${3:-koreacentral}
[[ $stack =~ ^[a-z][a-z0-9-]{0,30}$ ]] || fail "the stack's name must be lower-case letters, digits and dashes, a letter first: $stack"
[[ $suffix =~ ^[a-z0-9]{3,8}$ ]] || fail "the suffix must be 3 to 8 lower-case letters and digits: $suffix"
for tool in az pulumi; do
  command -v "$tool" >/dev/null || fail "$tool is not installed; see README.md"
done
subscription=$(az account show --query id --output tsv) || fail "you are not signed in; run: az login"
tenant=$(az account show --query tenantId --output tsv)
me=$(az ad signed-in-user show --query id --output tsv) || fail "sign in as a person; a service principal needs its roles given by hand"

group=rg-fleet-state account=stfleetstate$suffix container=state vault=kv-fleet-state-$suffix key=pulumi
say "subscription $subscription, group $group in $region"

# What the program uses must be known to the subscription, which takes minutes and is done once.
for provider in AlertsManagement Authorization Compute Consumption ContainerRegistry ContainerService DataProtection Insights KeyVault \
  Kubernetes KubernetesConfiguration Logic ManagedIdentity Monitor Network OperationalInsights OperationsManagement Security Storage; do
  state=$(az provider show --namespace "Microsoft.$provider" --query registrationState --output tsv 2>/dev/null || true)
  [[ $state == Registered ]] || az provider register --namespace "Microsoft.$provider" --output none
done
feature=$(az feature show --namespace Microsoft.Compute --name EncryptionAtHost --query properties.state --output tsv 2>/dev/null || true)
[[ $feature == Registered ]] || az feature register --namespace Microsoft.Compute --name EncryptionAtHost --output none

exists() { "$@" --output none 2>/dev/null; }

exists az group show --name "$group" || az group create --name "$group" --location "$region" --output none
exists az storage account show --name "$account" --resource-group "$group" ||
  az storage account create --name "$account" --resource-group "$group" --location "$region" --sku Standard_ZRS --kind StorageV2 \
    --min-tls-version TLS1_2 --allow-blob-public-access false --allow-shared-key-access false --output none
az storage account blob-service-properties update --account-name "$account" --resource-group "$group" \
  --enable-versioning true --enable-delete-retention true --delete-retention-days 30 --output none
exists az keyvault show --name "$vault" --resource-group "$group" ||
  az keyvault create --name "$vault" --resource-group "$group" --location "$region" --enable-rbac-authorization true \
    --enable-purge-protection true --output none

# Roles are given once; giving one again is refused, so it is looked for first.
allow() { # role, scope
  local found
  found=$(az role assignment list --assignee "$me" --role "$1" --scope "$2" --query 'length(@)' --output tsv)
  [[ $found != 0 ]] || az role assignment create --assignee-object-id "$me" --assignee-principal-type User --role "$1" --scope "$2" --output none
}
root=/subscriptions/$subscription/resourceGroups/$group/providers
allow "Storage Blob Data Contributor" "$root/Microsoft.Storage/storageAccounts/$account"
allow "Key Vault Crypto Officer" "$root/Microsoft.KeyVault/vaults/$vault"

# A new role takes up to some minutes to hold.
retry() {
  local attempt
  for attempt in 1 2 3 4 5 6 7 8 9 10; do
    "$@" && return 0
    say "attempt $attempt of 10: a new role may not hold yet; again in 30 seconds"
    sleep 30
  done
  fail "gave up on: $*"
}
retry az storage container create --name "$container" --account-name "$account" --auth-mode login --output none
exists az keyvault key show --vault-name "$vault" --name "$key" ||
  retry az keyvault key create --vault-name "$vault" --name "$key" --kty RSA --size 3072 --ops encrypt decrypt --output none

cd "$(dirname "$0")"
pulumi login "azblob://$container?storage_account=$account"
pulumi stack select "$stack" 2>/dev/null ||
  pulumi stack init "$stack" --secrets-provider "azurekeyvault://$vault.vault.azure.net/keys/$key"
pulumi config set azure-native:subscriptionId "$subscription"
pulumi config set azure-native:tenantId "$tenant"
[[ $feature == Registered ]] || say "encryption at host is being registered; wait until 'az feature show --namespace Microsoft.Compute --name EncryptionAtHost' says Registered, then run: az provider register --namespace Microsoft.Compute"
say "done. Set the rest with 'pulumi config set', commit Pulumi.$stack.yaml, then: npm run preview"
