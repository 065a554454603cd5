import { loadTypeScript } from "./loader";

// Entry of every helper process, and the only part that is bundled: from here on sources are loaded one by one.
const [, , root = "", file = ""] = process.argv;
loadTypeScript(root);
require(file);
