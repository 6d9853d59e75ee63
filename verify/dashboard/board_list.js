// A narrow screen has no room for lines: each pair with both claims under each other, then the rest.
function drawList(view) {
  if (view.listed === view.stamp) return;
  view.listed = view.stamp;
  const { data, known } = view;
  const linked = new Set(data.links.flatMap((link) => [link.a, link.b]));
  const sides = new Map(data.columns.map((column) => [column.side, column.color]));
  const placed = (card) => {
    const { made, fold } = cardOf(view, card, true);
    const place = make("div", "placed");
    place.style.setProperty("--side", sides.get(card.side));
    place.append(made, ...(fold ? [fold] : []));
    return place;
  };
  const pairs = data.links.map((link) => {
    const pair = make("article", "pair");
    const { label } = linkOf(view, link, link.a);
    pair.append(placed(known.get(link.a)), label, placed(known.get(link.b)));
    return pair;
  });
  const alone = data.columns.flatMap((column) => column.cards).filter((id) => !linked.has(id));
  const many = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  view.list.replaceChildren(
    ...(pairs.length ? [make("div", "part", many(pairs.length, "pair")), ...pairs] : []),
    ...(alone.length ? [make("div", "part", `${many(alone.length, "claim")} without a link`)] : []),
    ...alone.map((id) => placed(known.get(id))),
  );
}
