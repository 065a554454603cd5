/** The tag of an image reference: in `host:5000/team/app:1.2@sha256:…` it is `1.2`. */
export function tagOf(image: string): string | undefined {
  const [reference = ""] = image.split("@");
  const last = reference.slice(reference.lastIndexOf("/") + 1);
  const colon = last.indexOf(":");
  return colon < 0 ? undefined : last.slice(colon + 1);
}
