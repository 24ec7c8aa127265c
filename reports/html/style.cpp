#include "reports/html/style.hpp"

namespace sixslots::reports {

// Series colours after Okabe and Ito, who chose them for colour-blind readers; dashes and markers
// say the same. Drawings have classes of few letters, because they carry them thousands of times:
//   w waits, c connects, s is served, r receives, u sent without an answer,
//   x starved, v the same of a row;  t tick, h head, d dim, b bad, p ground of a text.
const std::string_view html_style = R"css(
:root {
  --paper: #fff; --panel: #f5f7f9; --ink: #1b1f24; --dim: #57606a; --rule: #c4ccd4; --grid: #e3e8ed;
  --bad: #b3260b; --bad-soft: #fbe4de; --good: #0b6b45; --good-soft: #dff3e8; --slow: #7a4d00;
  --slow-soft: #fdf0d2; --wait: #8c96a1; --connect: #d98b00; --serve: #00835f; --receive: #3d8fc9;
  --s0: #0072b2; --s1: #c0500a; --s2: #00795a; --s3: #a3457d; --s4: #8a6d00; --s5: #3b3f98;
  --s6: #1b1f24; --s7: #b3260b;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --panel: #1d232a; --ink: #e4e9ee; --dim: #a3aeb9; --rule: #4a545f;
    --grid: #2b333b; --bad: #ff8f75; --bad-soft: #4a1f17; --good: #62d6a3; --good-soft: #123a2a;
    --slow: #f0b94a; --slow-soft: #3f300f; --wait: #7f8a95; --connect: #f0a830; --serve: #2fb88d;
    --receive: #56a8e0; --s0: #56b4e9; --s1: #f08a4b; --s2: #2fb88d; --s3: #dd8fbb; --s4: #e0c341;
    --s5: #9da3f5; --s6: #e4e9ee; --s7: #ff8f75;
  }
}
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0.2rem 0 0.6rem; text-wrap: balance; }
h2 { font-size: 1.25rem; margin: 2.4rem 0 0.6rem; padding-top: 0.6rem; border-top: 2px solid var(--rule); }
h3 { font-size: 1.05rem; margin: 2rem 0 0.4rem; }
h4 { font-size: 0.95rem; margin: 1.2rem 0 0.2rem; }
p { margin: 0.4rem 0 0.8rem; }
h1, h2, h3, h4, p, li, dd, th[scope=row], td.text, caption { overflow-wrap: anywhere; }
td, thead th { white-space: nowrap; }
td.text, th[scope=row] { min-width: 7rem; white-space: normal; }
.pair th[scope=row] { white-space: nowrap; }
.scroll { overflow-x: auto; }
a { color: var(--s0); }
.kicker, .provenance, .note, figcaption, caption { color: var(--dim); font-size: 0.87rem; }
.verdict { background: var(--panel); border-left: 5px solid var(--good); padding: 0.7rem 1rem; }
.verdict.bad { border-color: var(--bad); }
.verdict p { margin: 0; }
figure { margin: 0.8rem 0 1.2rem; }
figcaption { margin-bottom: 0.3rem; }
caption { text-align: left; padding-bottom: 0.3rem; }
.pair { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: flex-start; }
.pair > * { flex: 1 1 22rem; min-width: 0; }
table { border-collapse: collapse; width: 100%; margin: 0.6rem 0; font-size: 0.87rem; }
th, td { padding: 0.22rem 0.5rem; border-bottom: 1px solid var(--grid); text-align: right;
  font-variant-numeric: tabular-nums; vertical-align: top; }
th[scope=row], th:first-child, .text { text-align: left; }
th[scope=row] { font-weight: normal; }
thead th { border-bottom: 1px solid var(--rule); }
tr.bad td, tr.bad th { color: var(--bad); font-weight: 600; }
.matrix { width: auto; }
.matrix caption { white-space: nowrap; }
.matrix td { text-align: center; border: 2px solid var(--paper); padding: 0.4rem 0.9rem; }
.matrix thead th { text-align: center; }
.matrix th { vertical-align: middle; }
td.good, .pass { background: var(--good-soft); color: var(--good); }
td.bad, .fail { background: var(--bad-soft); color: var(--bad); font-weight: 600; }
td.slow { background: var(--slow-soft); color: var(--slow); }
td.none { background: var(--panel); color: var(--dim); }
.findings > li { margin-bottom: 1rem; }
.findings strong { display: block; }
dl { margin: 0.2rem 0; display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 0.8rem; }
dt { color: var(--dim); }
dd { margin: 0; min-width: 0; }
pre { background: var(--panel); padding: 0.8rem 1rem; font-size: 0.8rem; line-height: 1.4;
  white-space: pre-wrap; overflow-wrap: anywhere; }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; list-style: none; padding: 0;
  margin: 0.3rem 0; font-size: 0.82rem; color: var(--dim); }
.legend svg { display: inline-block; width: 26px; height: 13px; vertical-align: -2px; margin-right: 0.35rem; }
details > summary { cursor: pointer; color: var(--dim); font-size: 0.87rem; }
svg { width: 100%; height: auto; display: block; }
@media screen and (max-width: 700px) {
  figure { overflow-x: auto; }
  figure svg { min-width: 640px; }
  .pair figure svg { min-width: 0; }
}
svg.hidden { position: absolute; width: 0; height: 0; }
svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
  fill: var(--ink); }
svg .t { fill: var(--dim); font-size: 11px; }
svg .d { fill: var(--dim); }
svg .h { fill: var(--dim); font-weight: 600; }
svg .b { fill: var(--bad); font-weight: 600; }
svg .mid { text-anchor: middle; }
svg .end { text-anchor: end; }
svg .on { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
.stripe { fill: var(--panel); }
.grid { stroke: var(--grid); }
.rule { stroke: var(--rule); }
.p { fill: var(--paper); }
.w { fill: url(#wait); stroke: var(--wait); stroke-width: 0.8; }
.c { fill: var(--connect); }
.s { fill: var(--serve); }
.r { fill: var(--receive); }
.r.open { fill: url(#open); }
.u { fill: url(#starved); stroke: var(--connect); stroke-width: 1.2; stroke-dasharray: 4 2; }
.v { fill: url(#wait); stroke: var(--wait); stroke-width: 0.8; }
.x { fill: url(#starved); stroke: var(--bad); stroke-width: 1.2; }
.level { fill: var(--receive); fill-opacity: 0.55; stroke: var(--receive); }
.level.waiting { fill: url(#starved); stroke: var(--bad); }
.whisker { stroke: var(--s0); stroke-width: 1.6; }
.spread { fill: var(--s0); fill-opacity: 0.35; stroke: var(--s0); }
.mark { fill: var(--s0); stroke: var(--paper); stroke-width: 1.5; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.band { fill-opacity: 0.16; stroke: none; }
.leader { stroke: var(--dim); stroke-width: 0.9; stroke-dasharray: 1 3; }
.bound { fill: none; stroke: var(--ink); stroke-width: 1.6; }
.budget { stroke: var(--bad); stroke-width: 1.4; stroke-dasharray: 7 4; }
.knee { stroke: var(--dim); stroke-width: 1.4; stroke-dasharray: 2 3; }
.ring { fill: none; stroke: var(--ink); stroke-width: 1.6; }
.marker { stroke: var(--paper); stroke-width: 1; }
.line.s0 { stroke: var(--s0); } .band.s0, .marker.s0 { fill: var(--s0); }
.line.s1 { stroke: var(--s1); stroke-dasharray: 9 4; } .band.s1, .marker.s1 { fill: var(--s1); }
.line.s2 { stroke: var(--s2); stroke-dasharray: 3 3; } .band.s2, .marker.s2 { fill: var(--s2); }
.line.s3 { stroke: var(--s3); stroke-dasharray: 10 3 2 3; } .band.s3, .marker.s3 { fill: var(--s3); }
.line.s4 { stroke: var(--s4); } .band.s4, .marker.s4 { fill: var(--s4); }
.line.s5 { stroke: var(--s5); stroke-dasharray: 9 4; } .band.s5, .marker.s5 { fill: var(--s5); }
.line.s6 { stroke: var(--s6); stroke-dasharray: 3 3; } .band.s6, .marker.s6 { fill: var(--s6); }
.line.s7 { stroke: var(--s7); stroke-dasharray: 10 3 2 3; } .band.s7, .marker.s7 { fill: var(--s7); }
@page { size: A4; margin: 12mm; }
@media print {
  :root { color-scheme: light; }
  body { font-size: 9.5pt; }
  .pair > * { flex: 1 1 0; }
  .new-page > h2, .new-page > h3 { margin-top: 0; }
  .scroll { overflow: visible; }
  table { font-size: 8.5pt; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 16pt; }
  figure, .pair, .findings > li, tr, .matrix { break-inside: avoid; }
  h2, h3, h4, figcaption { break-after: avoid; }
  .new-page { break-before: page; }
  details { display: none; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
)css";

const std::string_view html_patterns = R"svg(<svg class="hidden" aria-hidden="true"><defs>
<pattern id="wait" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="5" style="stroke:var(--wait);stroke-width:2.4"/></pattern>
<pattern id="starved" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" style="fill:var(--bad-soft)"/><line x1="0" y1="0" x2="0" y2="6" style="stroke:var(--bad);stroke-width:3"/></pattern>
<linearGradient id="open"><stop offset="0.6" style="stop-color:var(--receive)"/><stop offset="1" style="stop-color:var(--receive);stop-opacity:0.25"/></linearGradient>
</defs></svg>
)svg";

}  // namespace sixslots::reports
