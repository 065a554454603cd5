/** Manifests that both engines must take. */
export const GOOD: Readonly<Record<string, string>> = {
  "a service with ports by number and by name": `apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop, labels: {app: api}}
spec:
  selector: {app: api}
  ports:
    - {name: http, port: 80, targetPort: 8080}
    - {name: metrics, port: 81, targetPort: metrics}
`,
  "a deployment with quantities as text and as numbers": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels: {app: api}
  strategy:
    rollingUpdate: {maxSurge: 1, maxUnavailable: 25%}
  template:
    metadata:
      labels: {app: api}
    spec:
      containers:
        - name: api
          image: example.azurecr.io/api:1.2.3
          resources:
            requests: {cpu: 1, memory: 64Mi}
            limits: {cpu: 1.5, memory: 64Mi}
          livenessProbe:
            httpGet: {path: /healthz, port: 8080}
`,
  "a config map with lines": `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data:
  empty: ""
  lines: |
    # --- not a separator
    key: value
  quoted: "yes"
`,
  "a config map without data": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\n",
  "a comment before the object": `# Rendered.
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
`,
  "an end mark after the object": "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n...\n",
  "an object as JSON": '{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}\n',
  "windows line ends": "apiVersion: v1\r\nkind: Namespace\r\nmetadata:\r\n  name: shop\r\n",
  "a byte order mark": "\u{feff}apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n",
  "anchors, aliases and a merge": `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: shop
  labels: &labels {app: api}
  annotations:
    <<: *labels
    other: x
data: *labels
`,
  "a boolean of YAML 1.1 where a boolean belongs": `apiVersion: v1
kind: ServiceAccount
metadata: {name: api, namespace: shop}
automountServiceAccountToken: no
`,
  "an octal number": `apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers: [{name: api, image: "a:1"}]
      volumes:
        - name: settings
          configMap: {name: settings, defaultMode: 0444}
`,
  "a date where text belongs": `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {since: 2026-01-01}
`,
  "text of every script": `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {greeting: "안녕 🙂 \\u0000 \\u00e9", pattern: '\\ud83d', name: Zoë}
`,
  "a cluster-scoped kind": `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: "system:reader:pods"}
rules:
  - {apiGroups: [""], resources: [pods], verbs: [get]}
`,
  "a custom resource with open content": `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: kiali, namespace: flux-system}
spec:
  interval: 1h
  chart:
    spec:
      chart: kiali-server
      version: 2.30.0
      sourceRef: {kind: HelmRepository, name: kiali}
  values: {anything: [1, {goes: here}], no: null}
`,
  "a custom resource": `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: wildcard, namespace: aks-istio-ingress}
spec:
  secretName: wildcard-tls
  dnsNames: ["*.example.com"]
  issuerRef: {name: letsencrypt, kind: ClusterIssuer}
  renewBeforePercentage: 33
`,
};
