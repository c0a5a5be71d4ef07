// Compares two documents as Chromium shows them, element by element, pseudo-elements included, and
// what only other mail clients read: conditional comments, web fonts, media.

async function load(html, width) {
  const frame = document.createElement("iframe");
  frame.width = width;
  frame.height = 600;
  const loaded = new Promise(done => frame.onload = done);
  frame.srcdoc = html;
  document.body.append(frame);
  await loaded;
  return frame;
}

function elements(frame) {
  return [frame.contentDocument.documentElement,
    ...frame.contentDocument.body.querySelectorAll(":not(style):not(script)"),
    frame.contentDocument.body];
}

function style(frame, element, pseudo) {
  const computed = frame.contentWindow.getComputedStyle(element, pseudo);
  const all = {};
  for (const property of computed) all[property] = computed.getPropertyValue(property);
  return all;
}

// Conditions of Outlook in their order, and what stands within them.
function conditions(frame) {
  const found = [];
  const walk = frame.contentDocument.createTreeWalker(frame.contentDocument, NodeFilter.SHOW_COMMENT);
  while (walk.nextNode()) {
    const text = walk.currentNode.data.trim();
    if (/\[(if\b|endif\])/i.test(text)) found.push(text);
  }
  return found;
}

// Rules that select nothing by themselves; each once, wherever it stands.
function rules(frame) {
  const found = new Set();
  const add = list => {
    for (const rule of list) {
      if (rule instanceof frame.contentWindow.CSSImportRule) found.add("@import " + rule.href);
      else if (rule instanceof frame.contentWindow.CSSMediaRule) {
        found.add("@media " + rule.media.mediaText);
        add(rule.cssRules);
      } else if (!(rule instanceof frame.contentWindow.CSSStyleRule)) found.add(rule.cssText.split("{")[0]
        + (rule instanceof frame.contentWindow.CSSFontFaceRule ? rule.style.cssText : ""));
      else continue;
    }
  };
  for (const sheet of frame.contentDocument.styleSheets) {
    if (sheet.ownerNode?.localName !== "style") continue;
    const media = sheet.media.mediaText;
    if (media && media !== "all" && media !== "screen") found.add("@media " + media);
    add(sheet.cssRules);
  }
  for (const link of frame.contentDocument.querySelectorAll("link[href]:not([href^='data:'])")) found.add(link.outerHTML);
  return [...found].sort();
}

function unlike(what, a, b) {
  const lines = [];
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (a[i] !== b[i]) {
      lines.push(`${what} ${i}: ${a[i]} became ${b[i]}`);
      break;
    }
  }
  return lines;
}

// What differs, a line each, and how many elements were looked at.
async function compareMails(beforeHtml, afterHtml, width) {
  const pseudos = /:(before|after|first-l)/.test(beforeHtml + afterHtml)
    ? [null, "::before", "::after", "::first-line", "::first-letter"] : [null];
  const before = await load(beforeHtml, width);
  const after = await load(afterHtml, width);
  const lines = [...unlike("condition", conditions(before), conditions(after)),
    ...unlike("rule", rules(before), rules(after))];
  const a = elements(before);
  const b = elements(after);
  let compared = 0;
  if (a.length !== b.length) lines.push(`${a.length} and ${b.length} elements`);
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    for (const pseudo of pseudos) {
      const x = style(before, a[i], pseudo);
      const y = style(after, b[i], pseudo);
      for (const property in x) {
        if (x[property] !== y[property]) {
          lines.push(`${i} ${a[i].tagName}.${a[i].className}${pseudo ?? ""} `
            + `${property}: ${x[property]} became ${y[property]}`);
        }
      }
      compared++;
    }
  }
  before.remove();
  after.remove();
  return {lines, compared};
}
