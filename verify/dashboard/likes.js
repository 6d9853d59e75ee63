// Lists claims like the one on screen. Every text is set as text, never as HTML.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const list = parentElement.querySelector(".likes");
  list.tell = setTriggerValue;
  const stamp = JSON.stringify(data);
  if (list.stamp === stamp) return;
  list.stamp = stamp;
  list.replaceChildren(...data.rows.map((row) => entry(row, data.address, list)));
}

function entry(row, address, list) {
  const made = document.createElement("li");
  const link = document.createElement("a");
  link.href = `${address}?claim=${encodeURIComponent(row.id)}`;
  link.textContent = row.text;
  link.dir = "auto";
  // A plain click stays in this session; with a modifier the browser opens the link itself.
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    list.tell("opened", row.id);
  };
  made.append(link, words(row.about), words(row.number));
  return made;
}

function words(text) {
  const made = document.createElement("div");
  made.className = "quiet";
  made.dir = "auto";
  made.textContent = text;
  return made;
}
