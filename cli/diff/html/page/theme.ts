import { browser, type El } from "./dom";
import { button, fill, spoken } from "./elements";

type Theme = "auto" | "dark" | "light";

const NEXT: Readonly<Record<Theme, Theme>> = { auto: "dark", dark: "light", light: "auto" };
const KEY = "diff-report-theme";

/** A button that goes from the reader's own theme to dark, to light and back, and remembers. */
export function themeButton(): { readonly element: El; next(): void } {
  const root = browser.document.documentElement;
  const element = button("quiet", () => next());
  let theme = remembered();
  const apply = () => {
    root.setAttribute("data-theme", theme);
    fill(element, "Theme: ", theme, spoken(". Press to change"));
  };
  const next = () => {
    theme = NEXT[theme];
    apply();
    try {
      browser.localStorage.setItem(KEY, theme);
    } catch {
      // A file may have no storage; then it is forgotten.
    }
  };
  apply();
  return { element, next };
}

function remembered(): Theme {
  try {
    const theme = browser.localStorage.getItem(KEY);
    return theme === "dark" || theme === "light" ? theme : "auto";
  } catch {
    return "auto";
  }
}
