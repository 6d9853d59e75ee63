// What a card and the label of a link look like, and how they shine when they are pointed at.
const SVG = "http://www.w3.org/2000/svg";
const WORDS = { supports: "= supports", conflicts: "≠ conflicts", related: "~ related" };

function cardOf(view, card, withSide) {
  const made = make("div", "card");
  made.tabIndex = 0;
  made.setAttribute("role", "link");
  const told = [`${card.side}: ${card.text}`, card.status, card.grade_words, card.credit, card.clock];
  if (card.repeats) told.push(card.repeats);
  made.setAttribute("aria-label", `${told.filter(Boolean).join(". ")}. Opens the claim.`);
  const top = make("div", "top");
  if (withSide) top.append(make("span", "whose", card.side));
  top.append(make("span", `status ${card.status}`, `${card.icon} ${card.status}`));
  const grade = make("span", "grade", card.grade);
  grade.title = card.grade_words;
  if (card.grade) top.append(grade);
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
  const credit = make("span", "credit", [card.credit, card.clock].filter(Boolean).join(", "));
  credit.dir = "auto";
  foot.append(credit);
  if (card.unanswered) foot.append(make("span", "unanswered", "no answer from another side"));
  if (card.statement) foot.append(make("span", "statement", card.statement));
  made.append(foot);
  const open = () => view.open("opened", { kind: "claim", id: card.id });
  made.onclick = () => {
    if (!String(getSelection())) open(); // a click that ends a selection of text opens nothing
  };
  const fold = card.copies.length ? foldOf(view, card) : undefined;
  made.onkeydown = (event) => pressedOnCard(view, event, card.id, open);
  brighten(view, made, () => view.byCard.get(card.id));
  return { made, fold };
}

// The repeats of a card: their number and whose words they are; unfolded, each with its own claim.
function foldOf(view, card) {
  const fold = make("div", "fold");
  const button = make("button", "repeats", card.repeats);
  const list = make("div", "copies");
  button.setAttribute("aria-label", `${card.repeats}. Shows them one by one.`);
  const show = () => {
    const open = view.unfolded.has(card.id);
    button.setAttribute("aria-expanded", String(open));
    list.hidden = !open;
    if (open && !list.childElementCount) list.append(...card.copies.map((copy) => copyOf(view, copy)));
  };
  button.onclick = () => {
    if (!view.unfolded.delete(card.id)) view.unfolded.add(card.id);
    show();
  };
  fold.append(button, list);
  show();
  return fold;
}

function copyOf(view, copy) {
  const words = [copy.credit, copy.clock].filter(Boolean).join(", ");
  const made = make("div", "copy", `${copy.icon} ${copy.status}  ·  ${words}`);
  made.dir = "auto";
  made.tabIndex = 0;
  made.setAttribute("role", "link");
  made.setAttribute("aria-label", `${words}. ${copy.status}. Opens the claim.`);
  const open = () => view.open("opened", { kind: "claim", id: copy.id });
  made.onclick = open;
  made.onkeydown = (event) => event.key === "Enter" && open();
  return made;
}

function linkOf(view, link, end) {
  const made = make("button", `link ${link.relation} ${link.status}`);
  const other = view.known.get(end === link.a ? link.b : link.a);
  const several = link.count > 1 ? ` ×${link.count}` : "";
  const [sign, word] = WORDS[link.relation].split(" ");
  const name = make("b", "", sign);
  name.append(make("span", "word", ` ${word}${several}`));
  const state = make("span", "state", link.icon);
  state.append(make("span", "word", ` ${link.status}`));
  made.append(name, state);
  made.setAttribute(
    "aria-label",
    `${word}, ${link.status}: ${view.known.get(end).text} / ` +
      `${other.side}: ${other.text}. Opens the pair.`,
  );
  made.title = link.words;
  made.onclick = () => openPair(view, link.id, made);
  made.onkeydown = (event) => pressedOnLink(view, event, link);
  brighten(view, made, () => [link]);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("class", `${link.relation} ${link.status}`);
  return { path, label: made, home: end };
}

// While a card or link is pointed at or has the keyboard's focus, only what it touches stays bright.
function brighten(view, made, links) {
  const on = () => {
    if (view.stacked) return;
    const touched = links()?.map((link) => view.links.get(link.id)).filter(Boolean) || [];
    if (!touched.length) return;
    off();
    view.lit = [made];
    for (const { link, path, label } of touched) {
      view.lit.push(path, label, view.cards.get(link.a).made, view.cards.get(link.b).made);
    }
    view.lit.forEach((element) => element.classList.add("lit"));
    view.root.classList.add("focusing");
  };
  const off = () => {
    view.root.classList.remove("focusing");
    view.lit.forEach((element) => element.classList.remove("lit"));
    view.lit = [];
  };
  made.addEventListener("pointerenter", on);
  made.addEventListener("focus", on);
  made.addEventListener("pointerleave", off);
  made.addEventListener("blur", off);
}

// Opens a pair over the page and, when that is closed, gives the keyboard's focus back: the dialog
// cannot, since it does not see into the component.
function openPair(view, id, from) {
  view.open("opened", { kind: "pair", id });
  const there = () => document.querySelector('[role="dialog"]');
  let seen = false;
  const until = performance.now() + 15000;
  const look = setInterval(() => {
    seen ||= !!there();
    if (seen && there()) return;
    if (!seen && performance.now() < until) return;
    clearInterval(look);
    const back = from.isConnected ? from : view.links.get(id)?.label;
    const on = document.activeElement;
    if (seen && (on === document.body || on === view.root.getRootNode().host)) back?.focus();
  }, 150);
}
