const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers:
        - name: api
          image: example.azurecr.io/api:1.2.3
          imagePullPolicy: Always
          ports: [{containerPort: 8080}]
          resources: {limits: {cpu: 1, memory: 64Mi}}
`;
const CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\n";
const CERTIFICATE = `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: wildcard, namespace: shop}
spec:
  secretName: wildcard-tls
  dnsNames: ["*.example.com"]
  issuerRef: {name: letsencrypt, kind: ClusterIssuer}
`;
const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec:
  ports: [{name: http, port: 80, targetPort: http}]
`;

function changed(manifest: string, from: string, to: string): string {
  if (!manifest.includes(from)) throw new Error(`${from} is not in the manifest`);
  return manifest.replace(from, to);
}

/** Manifests that a schema engine must refuse. */
export const BROKEN: Readonly<Record<string, string>> = {
  "an unknown field at the top": `${DEPLOYMENT}extra: 1\n`,
  "an unknown field deep inside": changed(DEPLOYMENT, "imagePullPolicy", "imagePulPolicy"),
  "a known field in the wrong place": changed(DEPLOYMENT, "replicas: 2", "replicas: 2\n  containers: []"),
  "a field in the wrong case": changed(DEPLOYMENT, "replicas", "Replicas"),
  "a number as text": changed(DEPLOYMENT, "replicas: 2", 'replicas: "2"'),
  "a fraction where a whole number belongs": changed(DEPLOYMENT, "replicas: 2", "replicas: 2.5"),
  "null where a number belongs": changed(DEPLOYMENT, "replicas: 2", "replicas:"),
  "null where a mapping belongs": changed(CERTIFICATE, "{name: letsencrypt, kind: ClusterIssuer}", "null"),
  "null where a list belongs": changed(DEPLOYMENT, "[{containerPort: 8080}]", "~"),
  "null among the data": `${CONFIG}data: {key: null}\n`,
  "text where a mapping belongs": changed(DEPLOYMENT, "{matchLabels: {app: api}}", "api"),
  "a mapping where a list belongs": changed(DEPLOYMENT, "[{containerPort: 8080}]", "{containerPort: 8080}"),
  "a list where a mapping belongs": changed(DEPLOYMENT, "{limits: {cpu: 1, memory: 64Mi}}", "[]"),
  "a word outside an enumeration": changed(CERTIFICATE, "dnsNames:", "usages: [everything]\n  dnsNames:"),
  "a boolean as text":
    'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, namespace: b}\nautomountServiceAccountToken: "true"\n',
  "a number among the data": `${CONFIG}data: {port: 8080}\n`,
  "a number with underscores among the data": `${CONFIG}data: {port: 80_80}\n`,
  "a boolean among the data": `${CONFIG}data: {on-or-off: true}\n`,
  "a boolean of YAML 1.1 among the data": `${CONFIG}data: {switch: off}\n`,
  "a number as a label": changed(DEPLOYMENT, "{labels: {app: api}}", "{labels: {app: 1}}"),
  "an exponent as a label": changed(DEPLOYMENT, "{labels: {app: api}}", "{labels: {commit: 12e5}}"),
  "a boolean as an annotation": changed(SERVICE, "namespace: shop", "namespace: shop, annotations: {x: true}"),
  "labels as a list": changed(SERVICE, "namespace: shop", "namespace: shop, labels: [app]"),
  "metadata the server writes": changed(SERVICE, "namespace: shop", "namespace: shop, uid: x"),
  "metadata of no kind": changed(SERVICE, "namespace: shop", "namespace: shop, label: {a: b}"),
  "a generated name": changed(SERVICE, "name: api", "generateName: api-"),
  "a number as the name": changed(SERVICE, "name: api", "name: 1"),
  "a status": `${DEPLOYMENT}status: {replicas: 2}\n`,
  "the status of a custom resource": `${CERTIFICATE}status: {revision: 1}\n`,
  "no metadata": "apiVersion: v1\nkind: ConfigMap\n",
  "no name": changed(SERVICE, "name: api, ", ""),
  "no required field": changed(CERTIFICATE, "  secretName: wildcard-tls\n", ""),
  "no required field deep inside": changed(DEPLOYMENT, "- name: api\n          image", "- image"),
  "no required selector": changed(DEPLOYMENT, "  selector: {matchLabels: {app: api}}\n", ""),
  "no spec": "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: a, namespace: b}\n",
  "a list for int-or-string": changed(SERVICE, "targetPort: http", "targetPort: [http]"),
  "a boolean for int-or-string": changed(SERVICE, "targetPort: http", "targetPort: yes"),
  "a fraction for int-or-string": changed(SERVICE, "targetPort: http", "targetPort: 80.5"),
  "null for int-or-string": changed(SERVICE, "targetPort: http", "targetPort: null"),
  "a mapping for a quantity": changed(DEPLOYMENT, "cpu: 1,", "cpu: {cores: 1},"),
  "a quantity with a unit that is none": changed(DEPLOYMENT, "memory: 64Mi", "memory: 64MB"),
  "a number above the most": `${CERTIFICATE}  renewBeforePercentage: many\n`,
  "an unknown kind": changed(SERVICE, "kind: Service", "kind: Servic"),
  "a kind in the wrong case": changed(SERVICE, "kind: Service", "kind: service"),
  "a kind of another version": changed(DEPLOYMENT, "apps/v1", "apps/v1beta2"),
  "a kind of another group": changed(DEPLOYMENT, "apps/v1", "extensions/v1beta1"),
  "a kind of the core group in no group": changed(SERVICE, "apiVersion: v1", "apiVersion: nonsense/v1"),
  "the core group by name": changed(SERVICE, "apiVersion: v1", "apiVersion: core/v1"),
  "a kind of a group in the core group": changed(DEPLOYMENT, "apps/v1", "v1"),
  "a version with a tail": changed(DEPLOYMENT, "apps/v1", "apps/v1/v1"),
  "a group that climbs folders": changed(SERVICE, "apiVersion: v1", "apiVersion: ../core/v1"),
  "a list of objects": "apiVersion: v1\nkind: ConfigMapList\nitems: []\n",
  "no kind": "apiVersion: v1\nmetadata: {name: a}\n",
  "an empty kind": "apiVersion: v1\nkind:\nmetadata: {name: a}\n",
  "no apiVersion": "kind: ConfigMap\nmetadata: {name: a}\n",
  "a number as the apiVersion": changed(SERVICE, "apiVersion: v1", "apiVersion: 1"),
  "a mapping as the kind": changed(SERVICE, "kind: Service", "kind: {a: b}"),
  "a key twice": changed(SERVICE, "spec:", "spec:\n  type: ClusterIP\n  type: ClusterIP"),
  "the name twice": changed(SERVICE, "name: api,", "name: api, name: api,"),
  "an unknown alias": `${CONFIG}data: *nothing\n`,
  "a key that is null": `${CONFIG}data: {~: a}\n`,
  infinity: changed(DEPLOYMENT, "replicas: 2", "replicas: .inf"),
  "not a number": changed(DEPLOYMENT, "replicas: 2", "replicas: .nan"),
  "a tab as indentation": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: a\n",
  "wrong indentation": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n namespace: b\n",
  "an unclosed quote": `${CONFIG}data: {a: "b}\n`,
  "an unclosed bracket": `${CONFIG}data: {a: b\n`,
  "a list at the top": "- apiVersion: v1\n- kind: ConfigMap\n",
  "text at the top": "just text\n",
  "a number at the top": "42\n",
  "an object in a second document": `${CONFIG}---\n${changed(SERVICE, "port: 80", "port: x")}`,
  "half a character": `${CONFIG}data: {a: "\\ud83d\\ude42"}\n`,
  "a control character": `${CONFIG}data: {a: "\u0001"}\n`,
  markup: "<html><body>404</body></html>\n",
  "a conflict of a merge": `${CONFIG}data:\n<<<<<<< HEAD\n  a: b\n=======\n  a: c\n>>>>>>> other\n`,
};

/** Manifests that kubeconform takes, but that our own reading of the tree refuses whichever engine checks the schemas. */
export const BROKEN_FOR_US: Readonly<Record<string, string>> = {
  "a key twice, as text and as a number": `${CONFIG}data: {"1": a, 1: b}\n`,
  "a list of objects under the kind List": "apiVersion: v1\nkind: List\nitems: []\n",
  "a tag of another language": `${CONFIG}data: {a: !ruby/object x}\n`,
  "binary data": `${CONFIG}data: {a: !!binary aGk=}\n`,
  "two objects": `${CONFIG}---\n${SERVICE}`,
  nothing: "",
  "only a comment": "# nothing\n",
  "only separators": "---\n---\n",
  "only null": "null\n",
  "an object hidden after an end mark": `${CONFIG}...\n${SERVICE}`,
  "an object hidden on the line of a separator": `${CONFIG}--- {apiVersion: v1, kind: Nonsense}\n`,
};
