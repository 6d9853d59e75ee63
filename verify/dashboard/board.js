// Draws the board: columns of cards, links between them. Every text is set as text, never as HTML.
const SVG = "http://www.w3.org/2000/svg";
const WORDS = { supports: "= supports", conflicts: "≠ conflicts", related: "~ related" };
const STACK_BELOW = 900; // px of window: columns would be too narrow to read beside each other
const NARROWEST = 190; // px of a card; wider boards scroll
const LABELS = { full: 36, short: 22, sign: 19 }; // px of height that a label of each kind takes
const MANY = 150; // cards from which nothing fades slowly, so that pointing stays quick
const AIR = 1.5; // labels keep their words while two thirds of the height or less is full of them
const TOP = 66; // px: middle of the first label, below the names of the sides
const drawn = new WeakMap(); // component root -> what it shows, kept over reruns

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".board");
  const before = drawn.get(root);
  const stamp = JSON.stringify(data);
  if (before) {
    before.open = setTriggerValue;
    if (before.stamp === stamp) return before.stop;
    before.stop();
  }
  const view = { root, data, stamp, open: setTriggerValue, cards: new Map(), links: new Map() };
  build(view);
  const resized = new ResizeObserver(() => layOut(view));
  resized.observe(root);
  view.sheet.querySelectorAll(".column").forEach((column) => resized.observe(column));
  view.stop = () => {
    resized.disconnect();
    drawn.delete(root);
  };
  drawn.set(root, view);
  layOut(view);
  return view.stop;
}

function make(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

function build(view) {
  const { data, root } = view;
  view.sheet = make("div", "sheet");
  view.svg = document.createElementNS(SVG, "svg");
  view.svg.setAttribute("aria-hidden", "true");
  view.byCard = new Map(data.cards.map((card) => [card.id, []]));
  for (const link of data.links) {
    view.byCard.get(link.a).push(link);
    if (link.b !== link.a) view.byCard.get(link.b).push(link);
  }
  const known = new Map(data.cards.map((card) => [card.id, card]));
  data.columns.forEach((column, index) => {
    const place = make("section", "column");
    place.style.setProperty("--side", column.color);
    place.setAttribute("aria-label", column.side);
    const head = make("div", "side");
    head.append(make("b", "", column.side), make("span", "", column.summary));
    place.append(head);
    if (!column.cards.length) place.append(make("div", "nothing", "No claim matches the filters."));
    for (const id of column.cards) {
      const card = known.get(id);
      place.append(cardOf(view, card, column, index));
      for (const link of view.byCard.get(id)) {
        if (!view.links.has(link)) place.append(linkOf(view, link, id, known));
      }
    }
    view.sheet.append(place);
  });
  view.sheet.prepend(view.svg);
  root.replaceChildren(view.sheet);
  root.classList.toggle("many", data.cards.length > MANY);
}

function cardOf(view, card, column, index) {
  const made = make("div", "card");
  made.tabIndex = 0;
  made.setAttribute("role", "link");
  made.setAttribute("aria-label", `${column.side}: ${card.text}. ${card.status}. Opens the claim.`);
  const top = make("div", "top");
  top.append(make("span", `status ${card.status}`, `${card.icon} ${card.status}`));
  if (card.conflicts) top.append(make("span", "conflicts", `≠ ${card.conflicts}`));
  if (card.supports) top.append(make("span", "supports", `= ${card.supports}`));
  const text = make("div", "text", card.text);
  text.dir = "auto";
  made.append(top, text);
  if (card.readings.length) {
    const readings = make("div", "readings");
    readings.append(...card.readings.map((words) => make("span", "reading", words)));
    made.append(readings);
  }
  const foot = make("div", "foot");
  const credit = make("span", "credit", card.credit);
  credit.dir = "auto";
  foot.append(credit);
  if (card.unanswered) foot.append(make("span", "unanswered", "no answer from another side"));
  if (card.statement) foot.append(make("span", "statement", card.statement));
  if (card.repeats) foot.append(make("span", "repeats", card.repeats));
  made.append(foot);
  const open = () => view.open("opened", { kind: "claim", id: card.id });
  made.onclick = () => {
    if (!String(getSelection())) open(); // a click that ends a selection of text opens nothing
  };
  made.onkeydown = (event) => pressed(view, event, made, index, open);
  brighten(view, made, () => view.byCard.get(card.id));
  view.cards.set(card.id, { made, index });
  return made;
}

function linkOf(view, link, end, known) {
  const made = make("button", `link ${link.relation} ${link.status}`);
  const other = known.get(end === link.a ? link.b : link.a);
  const several = link.count > 1 ? ` ×${link.count}` : "";
  const [sign, word] = WORDS[link.relation].split(" ");
  const name = make("b", "", sign);
  name.append(make("span", "word", ` ${word}${several}`));
  made.append(name);
  const state = make("span", "state", link.icon);
  state.append(make("span", "word", ` ${link.status}`));
  made.append(state);
  const words = make("span", "other", `${other.side}: ${other.text}`);
  words.dir = "auto";
  made.append(words);
  made.setAttribute(
    "aria-label",
    `${WORDS[link.relation].slice(2)}, ${link.status}: ${known.get(end).text} / ` +
      `${other.side}: ${other.text}. Opens the pair.`,
  );
  made.title = link.words;
  made.onclick = () => view.open("opened", { kind: "pair", id: link.id });
  brighten(view, made, () => [link]);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("class", `${link.relation} ${link.status}`);
  view.svg.append(path);
  view.links.set(link, { link, path, label: made });
  return made;
}

// While a card or link is pointed at or has the keyboard's focus, only what it touches stays bright.
function brighten(view, made, links) {
  const on = () => {
    if (!view.root.classList.contains("wide")) return;
    const touched = links();
    if (!touched.length) return;
    off();
    view.lit = [made];
    for (const link of touched) {
      const { path, label } = view.links.get(link);
      view.lit.push(path, label, view.cards.get(link.a).made, view.cards.get(link.b).made);
    }
    view.lit.forEach((element) => element.classList.add("lit"));
    view.root.classList.add("focusing");
  };
  const off = () => {
    view.root.classList.remove("focusing");
    (view.lit || []).forEach((element) => element.classList.remove("lit"));
    view.lit = [];
  };
  made.addEventListener("pointerenter", on);
  made.addEventListener("focus", on);
  made.addEventListener("pointerleave", off);
  made.addEventListener("blur", off);
}

// Enter opens; arrows go up and down a column and across to the card at the same height.
function pressed(view, event, made, index, open) {
  const columns = [...view.sheet.querySelectorAll(".column")];
  const inside = (column) => [...column.querySelectorAll(".card")];
  const here = inside(columns[index]);
  const at = here.indexOf(made);
  const across = (step) => {
    const others = columns[index + step] ? inside(columns[index + step]) : [];
    const off = (card) => Math.abs(card.offsetTop - made.offsetTop);
    return others.sort((one, two) => off(one) - off(two))[0];
  };
  const moves = {
    ArrowDown: () => here[at + 1],
    ArrowUp: () => here[at - 1],
    ArrowLeft: () => across(-1),
    ArrowRight: () => across(1),
  };
  if (event.key === "Enter") open();
  else if (event.key in moves) moves[event.key]()?.focus();
  else return;
  event.preventDefault();
}

function layOut(view) {
  const { root, sheet, data } = view;
  const columns = data.columns.length;
  const gap = columns < 3 ? 150 : columns === 3 ? 120 : 92;
  const stacked = window.innerWidth < STACK_BELOW;
  root.classList.toggle("stacked", stacked);
  root.classList.toggle("wide", !stacked);
  sheet.style.gap = `${gap}px`;
  sheet.style.minWidth = `${columns * NARROWEST + (columns - 1) * gap}px`;
  if (columns === 1) sheet.style.paddingRight = `${gap}px`;
  if (!stacked) drawLinks(view, gap);
}

function drawLinks(view, gap) {
  const origin = view.sheet.getBoundingClientRect();
  const boxes = new Map();
  for (const [id, { made, index }] of view.cards) {
    const box = made.getBoundingClientRect();
    const left = box.left - origin.left;
    boxes.set(id, { left, right: left + box.width, top: box.top - origin.top, height: box.height, index });
  }
  const last = view.data.columns.length - 1;
  const ends = new Map(); // "card edge" -> links that leave there, to spread them along the edge
  const plans = [...view.links.values()].map((entry) => {
    let [from, to] = [boxes.get(entry.link.a), boxes.get(entry.link.b)];
    let [fromId, toId] = [entry.link.a, entry.link.b];
    if (from.index > to.index) [from, to, fromId, toId] = [to, from, toId, fromId];
    const same = from.index === to.index;
    const leftwards = same && from.index === last && last > 0;
    const plan = { ...entry, from, to, same, leftwards };
    const middle = (box) => box.top + box.height / 2;
    plan.ends = [
      { key: `${fromId} ${leftwards ? "l" : "r"}`, other: middle(to), box: from },
      { key: `${toId} ${same && !leftwards ? "r" : "l"}`, other: middle(from), box: to },
    ];
    for (const end of plan.ends) gather(ends, end.key, end);
    return plan;
  });
  for (const some of ends.values()) {
    some.sort((one, two) => one.other - two.other);
    some.forEach((end, at) => {
      end.y = end.box.top + (end.box.height * (at + 1)) / (some.length + 1);
    });
  }
  for (const plan of plans) {
    const [one, two] = plan.ends;
    plan.x1 = plan.leftwards ? plan.from.left : plan.from.right;
    plan.x2 = plan.same ? (plan.leftwards ? plan.to.left : plan.to.right) : plan.to.left;
    plan.gutter = plan.leftwards ? plan.from.index - 1 : plan.from.index;
    plan.x = plan.leftwards ? plan.from.left - gap / 2 : plan.from.right + gap / 2;
    const near = plan.same || plan.to.index - plan.from.index === 1;
    plan.y = near ? (one.y + two.y) / 2 : one.y + (two.y - one.y) * 0.15;
  }
  spread(view, plans, origin.height);
  for (const plan of plans) {
    const [one, two] = plan.ends;
    const bend = (from, x1, y1, x2, y2) => {
      const pull = Math.max(Math.abs(x2 - x1) * 0.55, 18) * Math.sign(x2 - x1);
      return `${from} C${x1 + pull} ${y1} ${x2 - pull} ${y2} ${x2} ${y2}`;
    };
    const start = bend(`M${plan.x1} ${one.y}`, plan.x1, one.y, plan.x, plan.y);
    plan.path.setAttribute("d", bend(start, plan.x, plan.y, plan.x2, two.y));
    plan.label.style.left = `${plan.x}px`;
    plan.label.style.top = `${plan.y}px`;
  }
}

// Keep the labels of one gutter apart: in order of height, each below the last one. Where they would
// run past the cards they lose their second line, then their words, which the pointed-at one shows.
function spread(view, plans, height) {
  const gutters = new Map();
  for (const plan of plans) gather(gutters, plan.gutter, plan);
  const fullest = Math.max(0, ...[...gutters.values()].map((some) => some.length));
  const fits = Object.keys(LABELS).find((kind) => fullest * LABELS[kind] * AIR < height - TOP);
  const kind = fits || "sign";
  for (const name of Object.keys(LABELS)) view.root.classList.toggle(name, name === kind);
  const room = LABELS[kind];
  for (const some of gutters.values()) {
    some.sort((one, two) => one.y - two.y);
    const lanes = Math.max(1, Math.ceil((some.length * room) / (height - TOP)));
    some.forEach((plan, at) => {
      const before = some[at - lanes];
      plan.y = Math.max(plan.y, before ? before.y + room : TOP);
      plan.x += ((at % lanes) - (lanes - 1) / 2) * room * 1.2;
    });
    settle(some, lanes, room, height);
  }
}

// Push up what hangs below the cards.
function settle(some, lanes, room, height) {
  for (let at = some.length - 1; at >= 0; at -= 1) {
    const after = some[at + lanes];
    some[at].y = Math.min(some[at].y, (after ? after.y : height) - room);
  }
}

function gather(groups, key, value) {
  if (groups.has(key)) groups.get(key).push(value);
  else groups.set(key, [value]);
}
