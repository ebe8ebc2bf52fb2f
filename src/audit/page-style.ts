/** The evidence is one file that opens anywhere and prints well: no script, nothing fetched, light and dark. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --line: #8884; --old: #b3541e; --new: #1f7a4d; --other: #7a6fb0; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --old: #f0a070; --new: #6fd3a0; --other: #b8aef0; --bad: #ff8a80; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 24px 16px 64px; max-width: 980px; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 32px 0 8px; }
p { margin: 4px 0; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 16px 0; }
.numbers div { border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; }
.numbers b { display: block; font-size: 1.6rem; line-height: 1.2; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.93rem; }
th, td { text-align: left; vertical-align: top; padding: 6px 10px 6px 0; border-bottom: 1px solid var(--line); }
td, li { overflow-wrap: break-word; }
code, pre { font: 12.5px/1.45 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; margin: 0; }
.bad { color: var(--bad); font-weight: 600; }
details { margin: 6px 0; }
summary { cursor: pointer; }
figure { margin: 0; }
svg { width: 100%; height: auto; display: block; }
svg text { font-size: 11px; fill: currentColor; }
svg text.end { text-anchor: end; }
.axis { stroke: var(--line); }
polyline { fill: none; stroke-width: 2; }
polyline.old { stroke: var(--old); } polyline.new { stroke: var(--new); } polyline.other { stroke: var(--other); }
circle.old { fill: var(--old); } circle.new { fill: var(--new); } circle.other { fill: var(--other); }
.key::before { content: ''; display: inline-block; width: 12px; height: 3px; margin-right: 6px; vertical-align: middle; }
.key { margin-right: 16px; }
.key.old::before { background: var(--old); } .key.new::before { background: var(--new); } .key.other::before { background: var(--other); }
@media print { details > * { display: block; } body { max-width: none; } }
`
