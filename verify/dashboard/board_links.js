// Where the lines between cards run, and where their labels stand so that none hides another.
const LABELS = { full: 36, short: 22, sign: 19 }; // px of height that a label of each kind takes
const AIR = 1.5; // labels keep their words while two thirds of the height or less is full of them
const TOP = 66; // px: middle of the first label, below the names of the sides
const LONG = 0.7; // windows that a link goes down, from which its label stands near its end in view

function drawLinks(view, gap) {
  const origin = view.sheet.getBoundingClientRect();
  const seen = bounds(view, origin);
  const boxes = boxesOf(view, origin);
  const near = (box) => box.top + box.height > seen.top && box.top < seen.bottom;
  const plans = [];
  for (const tie of view.links.values()) {
    const [a, b] = [boxes.get(tie.link.a), boxes.get(tie.link.b)];
    const drawn = near(a) || near(b);
    if (tie.label.hidden === drawn) tie.label.hidden = !drawn;
    if (drawn) plans.push(planOf(view, tie, a, b));
    else if (tie.path.hasAttribute("d")) tie.path.removeAttribute("d");
  }
  spreadEnds(view, plans);
  for (const plan of plans) crossing(plan, gap, seen);
  spreadLabels(view, plans, seen);
  for (const plan of plans) draw(plan);
}

// What is near the window, in px of the sheet: of a small board all of it.
function bounds(view, origin) {
  if (!view.many) return { top: TOP, bottom: origin.height, height: Infinity, middle: 0 };
  const height = window.innerHeight;
  const top = Math.max(TOP, -origin.top - height / 2);
  const bottom = Math.min(origin.height, -origin.top + 1.5 * height);
  return { top, bottom: Math.max(bottom, top + 100), height, middle: height / 2 - origin.top };
}

function boxesOf(view, origin) {
  const boxes = new Map();
  for (const [id, { made, index }] of view.cards) {
    const { left, top, width, height } = made.getBoundingClientRect();
    const x = left - origin.left;
    boxes.set(id, { left: x, right: x + width, top: top - origin.top, height, index });
  }
  return boxes;
}

function planOf(view, tie, a, b) {
  const { link } = tie;
  const turned = a.index > b.index;
  const [from, to] = turned ? [b, a] : [a, b];
  const [fromId, toId] = turned ? [link.b, link.a] : [link.a, link.b];
  const last = view.data.columns.length - 1;
  const same = from.index === to.index;
  const leftwards = same && from.index === last && last > 0;
  const middle = (box) => box.top + box.height / 2;
  const ends = [
    { tie, key: `${fromId} ${leftwards ? "l" : "r"}`, other: middle(to), box: from },
    { tie, key: `${toId} ${same && !leftwards ? "r" : "l"}`, other: middle(from), box: to },
  ];
  return { tie, from, to, same, leftwards, ends };
}

// Spread the ends of links along the edge of their card.
function spreadEnds(view, plans) {
  view.edges = new Map(); // "card edge" -> ends of links that leave there, from the top down
  for (const plan of plans) for (const end of plan.ends) gather(view.edges, end.key, end);
  for (const some of view.edges.values()) {
    some.sort((one, two) => one.other - two.other);
    some.forEach((end, at) => {
      end.y = end.box.top + (end.box.height * (at + 1)) / (some.length + 1);
    });
  }
}

// Where a link crosses its gutter, which is where its label stands.
function crossing(plan, gap, seen) {
  const [one, two] = plan.ends;
  const { from, to, same, leftwards } = plan;
  plan.x1 = leftwards ? from.left : from.right;
  plan.x2 = same ? (leftwards ? to.left : to.right) : to.left;
  plan.gutter = leftwards ? from.index - 1 : from.index;
  plan.x = leftwards ? from.left - gap / 2 : from.right + gap / 2;
  const near = same || to.index - from.index === 1;
  plan.y = near ? (one.y + two.y) / 2 : one.y + (two.y - one.y) * 0.15;
  if (Math.abs(two.y - one.y) > LONG * seen.height) {
    const off = (end) => Math.abs(end.y - seen.middle);
    const [close, far] = off(one) <= off(two) ? [one, two] : [two, one];
    plan.y = close.y + Math.sign(far.y - close.y) * 30;
  }
}

function draw(plan) {
  const [one, two] = plan.ends;
  const bend = (from, x1, y1, x2, y2) => {
    const pull = Math.max(Math.abs(x2 - x1) * 0.55, 18) * Math.sign(x2 - x1);
    return `${from} C${x1 + pull} ${y1} ${x2 - pull} ${y2} ${x2} ${y2}`;
  };
  const start = bend(`M${plan.x1} ${one.y}`, plan.x1, one.y, plan.x, plan.y);
  plan.tie.path.setAttribute("d", bend(start, plan.x, plan.y, plan.x2, two.y));
  plan.tie.label.style.left = `${plan.x}px`;
  plan.tie.label.style.top = `${plan.y}px`;
}

// Keep the labels of one gutter apart: in order of height, each below the last one. Where they would
// run past what is seen they lose their second line, then their words, which the pointed-at one shows.
function spreadLabels(view, plans, seen) {
  const gutters = new Map();
  for (const plan of plans) gather(gutters, plan.gutter, plan);
  const space = seen.bottom - seen.top;
  const fullest = Math.max(0, ...[...gutters.values()].map((some) => some.length));
  const fits = Object.keys(LABELS).find((kind) => fullest * LABELS[kind] * AIR < space);
  const kind = fits || "sign";
  for (const name of Object.keys(LABELS)) view.root.classList.toggle(name, name === kind);
  const room = LABELS[kind];
  for (const some of gutters.values()) {
    some.sort((one, two) => one.y - two.y);
    const lanes = Math.max(1, Math.ceil((some.length * room) / space));
    some.forEach((plan, at) => {
      const before = some[at - lanes];
      plan.y = Math.max(plan.y, before ? before.y + room : seen.top);
      plan.x += ((at % lanes) - (lanes - 1) / 2) * room * 1.2;
    });
    settle(some, lanes, room, seen.bottom);
  }
}

// Push up what hangs below what is seen.
function settle(some, lanes, room, bottom) {
  for (let at = some.length - 1; at >= 0; at -= 1) {
    const after = some[at + lanes];
    some[at].y = Math.min(some[at].y, (after ? after.y : bottom) - room);
  }
}

function gather(groups, key, value) {
  if (groups.has(key)) groups.get(key).push(value);
  else groups.set(key, [value]);
}
