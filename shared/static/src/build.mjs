// Builds what the pages load, from this folder and node_modules, into ../built with content hashes in the names.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "../../../node_modules");
const dkfds = join(packages, "dkfds");
const target = join(here, "../built");
const fresh = `${target}.new`;
const manifest = {};

const ICONS = [
  "account", "arrow-back", "arrow-forward", "business", "calendar-month", "chat", "check", "checklist",
  "chevron-down", "chevron-left", "chevron-right", "chevron-up", "close", "contact-card", "copy", "delete",
  "document", "download", "edit", "email", "error", "file-pdf", "flag", "groups", "help", "home", "hourglass",
  "info", "language", "link", "location", "lock", "more-horiz", "notifications", "open-in-new", "person",
  "person-add", "plus", "print", "refresh", "save", "search", "send", "settings", "smartphone",
  "sort-table-ascending", "sort-table-descending", "sort-table-none", "success", "support-agent", "sync", "time",
  "tune", "visibility", "visibility-off", "warning",
];
const FONTS = ["Regular", "SemiBold"].flatMap((weight) => [1, 2, 3].map((cut) => `${weight}-Latin${cut}`));

function write(name, content) {
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const dot = name.lastIndexOf(".");
  manifest[name] = `${name.slice(0, dot)}.${digest}${name.slice(dot)}`;
  writeFileSync(join(fresh, manifest[name]), content);
  return manifest[name];
}

function icon(name) {
  return readFileSync(join(dkfds, `dist/img/svg-icons/${name}.svg`), "utf8");
}

function sprite() {
  const symbol = (name) => icon(name).replace(/<svg[^>]*viewBox="([^"]*)"[^>]*>/, `<symbol id="${name}" viewBox="$1">`)
    .replace("</svg>", "</symbol>");
  return `<svg xmlns="http://www.w3.org/2000/svg">${ICONS.map(symbol).join("")}</svg>`;
}

// A font is a file of its own; a picture of a few hundred bytes costs less inside the style sheet than a request.
function address(_whole, path) {
  const name = basename(path);
  if (path.endsWith(".woff2")) return `url(${manifest[name]})`;
  const picture = icon(basename(path, ".svg")).replaceAll("#", "%23").replaceAll('"', "'");
  return `url("data:image/svg+xml,${picture}")`;
}

function styles() {
  const { css } = compile(join(here, "app.scss"), {
    style: "compressed", loadPaths: [join(dkfds, "src/stylesheets")], quietDeps: true,
  });
  return css.replaceAll(/url\(["']?([^"')]+)["']?\)/g, address);
}

function script() {
  const parts = [
    join(dkfds, "dist/js/dkfds.min.js"), join(packages, "htmx.org/dist/htmx.min.js"),
    join(packages, "htmx-ext-sse/dist/sse.min.js"), join(here, "app.js"),
  ];
  return parts.map((part) => readFileSync(part, "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, "")).join("\n;\n");
}

rmSync(fresh, { recursive: true, force: true });
mkdirSync(fresh, { recursive: true });
for (const font of FONTS) {
  const name = `IBMPlexSans-${font}.woff2`;
  write(name, readFileSync(join(dkfds, "dist/fonts/IBMPlexSans/split/woff2", name)));
}
write("icons.svg", sprite());
write("app.css", styles());
write("app.js", script());
cpSync(join(dkfds, "LICENSE.md"), join(fresh, "LICENSE.md"));
writeFileSync(join(fresh, "manifest.json"), JSON.stringify(manifest, null, 2));
rmSync(target, { recursive: true, force: true });
renameSync(fresh, target);
